import { stripVTControlCharacters } from "node:util";

declare const fitToShow: unique symbol;

/**
 * A text that is safe to show in a terminal and to send to Pulumi's engine, whatever it is made of: it
 * holds no control character but the line break, no escape sequence, no direction override, no half of
 * a surrogate pair (which hangs gRPC) and no colour directive of Pulumi's display (which crashes it).
 */
export type Message = string & { readonly [fitToShow]: true };

/** The most characters that one line of text from outside may have; the rest is cut off. */
const longestLine = 1000;

/** The most lines that one text may have. */
const mostLines = 200;

/**
 * Composes a message. Each value is put in as one line, so that text from outside (a status message, a
 * name, an answer of the API) can neither control the terminal nor pretend to be a line of its own.
 */
export function message(
  parts: TemplateStringsArray,
  ...values: readonly (string | number)[]
): Message {
  const text = parts
    .map((part, index) => `${part}${index < values.length ? oneLine(String(values[index])) : ""}`)
    .join("");
  return withoutDirectives(text);
}

/** Puts messages below each other; those that are empty or absent are left out. */
export function lines(...messages: readonly (Message | undefined)[]): Message {
  return messages.filter((each) => each !== undefined && each !== "").join("\n") as Message;
}

/** Puts sentences behind each other, each with a full stop if it has none; those that are empty are left out. */
export function sentences(...messages: readonly Message[]): Message {
  const given = messages.filter((each) => each !== "");
  return withoutDirectives(
    given.map((each) => (/[.!?…)\]]$|https?:\S+$/.test(each) ? each : `${each}.`)).join(" "),
  );
}

/** A text from outside as one line of at most 1,000 characters. */
export function oneLine(text: string): Message {
  // Cut twice: a huge text is not cleaned whole, and one that is left too long is cut between characters.
  const head = text.slice(0, 4 * longestLine);
  const line = stripVTControlCharacters(head)
    .replace(/[\s\u0085]/gu, " ")
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/\p{Cc}|(?![\u200c\u200d])\p{Cf}/gu, "")
    .replace(/ {2,}/g, " ")
    .trim();
  const characters = Array.from(line);
  const isWhole = characters.length <= longestLine && head.length === text.length;
  return withoutDirectives(isWhole ? line : `${characters.slice(0, longestLine).join("")}…`);
}

/** A text of which the line breaks are its own, such as the stack of an error: each line is cleaned. */
export function severalLines(text: string): Message {
  return lines(
    ...text
      .split("\n", mostLines)
      .map((line) => `${/^ */.exec(line)?.[0] ?? ""}${oneLine(line)}` as Message),
  );
}

/** Pulumi's display takes `<{%` for the beginning of a colour, and panics when it knows none of that name. */
function withoutDirectives(text: string): Message {
  return text.replaceAll("<{%", "<{ %") as Message;
}
