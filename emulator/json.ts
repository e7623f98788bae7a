/**
 * How deep the JSON of a request may be nested. Nobody's input is; and what copies and writes values
 * here goes one call deeper with each level.
 */
const maxLevels = 1000;

/**
 * Parses JSON that came from outside.
 *
 * @throws Error that says what is wrong, also when it is nested too deeply
 */
export function parseJson(text: string): unknown {
  if (levelsOf(text) > maxLevels) throw new Error(`it is nested over ${maxLevels} levels deep`);
  return JSON.parse(text);
}

/** How deep a text is nested, if it is JSON. */
function levelsOf(text: string): number {
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

/** Where the quotation mark is that ends the string which begins at `from`. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}
