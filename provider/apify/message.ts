import { stripVTControlCharacters } from "node:util";

declare const fitToShow: unique symbol;

/**
 * A text that is safe to show in a terminal and to send to Pulumi's engine. It has no control character
 * except the line break, no escape sequence, no direction override, no half of a surrogate pair (which
 * hangs gRPC) and no color directive of Pulumi's display (which crashes it).
 */
export type Message = string & { readonly [fitToShow]: true };

/** Maximum number of characters of one line of text from outside; the rest is cut off. */
const longestLine = 1000;

/** Maximum number of lines of one text. */
const mostLines = 200;

/**
 * Composes a message. Each value becomes one line, so that text from outside (a status message, a name, an
 * response of the API) can neither control the terminal nor pose as a line of this package.
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

/** Joins messages with line breaks, without those that are empty or absent. */
export function lines(...messages: readonly (Message | undefined)[]): Message {
  return messages.filter((each) => each !== undefined && each !== "").join("\n") as Message;
}

/** Joins sentences, adding missing full stops, without those that are empty. */
export function sentences(...messages: readonly Message[]): Message {
  const given = messages.filter((each) => each !== "");
  return withoutDirectives(
    given.map((each) => (/[.!?…][)\]]?$|https?:\S+$/.test(each) ? each : `${each}.`)).join(" "),
  );
}

/** A text from outside as one line of at most 1,000 characters. */
export function oneLine(text: string): Message {
  // Cut twice: before cleaning, since a huge text takes long, and after it, between two characters.
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

/** A text of several lines, such as the stack of an error. Each line is cleaned. */
export function severalLines(text: string): Message {
  return lines(
    ...text
      .split("\n", mostLines)
      .map((line) => `${/^ */.exec(line)?.[0] ?? ""}${oneLine(line)}` as Message),
  );
}

/** Pulumi's display reads `<{%` as the start of a color directive, and panics if it does not know the color. */
function withoutDirectives(text: string): Message {
  return text.replaceAll("<{%", "<{ %") as Message;
}
