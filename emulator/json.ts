/**
 * The maximum nesting of the JSON in a request. Real input is nowhere near it, and code that copies
 * and writes values needs a stack frame per level.
 */
const maxLevels = 1000;

/** A JSON object with unknown fields. */
export type JsonObject = Record<string, unknown>;

/** Whether a JSON value is an object, and not an array or null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Parses JSON from a client.
 *
 * @throws Error with the reason, which may be that the JSON is nested too deeply
 */
export function parseJson(text: string): unknown {
  if (nestingOf(text) > maxLevels) throw new Error(`it is nested over ${maxLevels} levels deep`);
  return JSON.parse(text);
}

/** The nesting of a text, assuming that it is JSON. */
function nestingOf(text: string): number {
  let level = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at);
    else if (char === "[" || char === "{") deepest = Math.max(deepest, (level += 1));
    else if (char === "]" || char === "}") level -= 1;
  }
  return deepest;
}

/** The index of the quotation mark that closes the string which opens at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}
