/** Texts that an Actor or an answer may hold, and that a terminal, gRPC or Pulumi's display does not survive as they are. */
export const hostileTexts: Readonly<Record<string, string>> = {
  "an unknown colour of Pulumi's display": "a <{%boom%}> z",
  "a loop in the form of a colour": "a <{% for x in y %}> z",
  "the beginning of a colour": "a <{%",
  "a known colour that is never reset": "a <{%fg 1%}> z",
  "a colour around a colour": "a <{<{%{%boom%}> z",
  "a colour that other cleaning would make": "a <\u0000{\u001b[0m%boom%}> z",
  "a window title": "a \u001b]0;pwned\u0007 z",
  "a link": "a \u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007 z",
  "the clipboard": "a \u001b]52;c;cHduZWQ=\u0007 z",
  "cursor movements and colours": "a \u001b[31;5m\u001b[2J\u001b[10;10H z",
  "a sequence that is cut off": "a \u001b[",
  "a bell": "a \u0007 z",
  "a carriage return": "a hidden\rshown z",
  backspaces: "a \b\b\b z",
  NUL: "a \u0000 z",
  "C1 controls": "a \u009b31m \u009d0;pwned\u009c \u0085 z",
  "direction overrides": "a \u202eevil\u202c \u2066x\u2069 z",
  "line breaks of all kinds": "a\nerror: forged\r\nerror: forged\u2028error: forged\u2029z",
  "half of a surrogate pair": "a \ud83d z",
  "the other half": "a \ude00 z",
  "299 letters and an emoji": `${"x".repeat(299)}😀`,
  "999 letters and an emoji": `${"x".repeat(999)}😀`,
  "a long text": "long ".repeat(2000),
};

/**
 * Controls but the line break, direction overrides and Pulumi's colours. A lone surrogate cannot be in a text that came as UTF-8.
 */
const notFitToShow =
  // eslint-disable-next-line no-control-regex -- control characters are what it is about
  /.{0,20}(?:[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|<\{%|\p{Cs}).{0,20}/gu;

/** Where a text is not fit to be shown, each place with what is around it. */
export function unfitPlaces(text: string): readonly string[] {
  return [...new Set(text.match(notFitToShow))].slice(0, 20);
}
