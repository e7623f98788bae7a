/**
 * Controls but line breaks and tabs, line and paragraph separators, direction marks and overrides,
 * and halves of surrogate pairs. A page that passed them on would not show what was written.
 */
const unfit =
  // eslint-disable-next-line no-control-regex -- control characters are what it is about
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}/gu;

const controlPictures = 0x2400;
const firstPrintable = 0x20;
const deleteCharacter = 0x7f;
const pictureOfDelete = "\u2421";

/** A text whose invisible and misleading characters are shown: ␛ for ESC, ⟨U+202E⟩ for an override. */
export function visibleText(text: string): string {
  return text.replace(unfit, (character) => {
    const code = character.charCodeAt(0);
    if (code < firstPrintable) return String.fromCharCode(controlPictures + code);
    return code === deleteCharacter ? pictureOfDelete : `⟨U+${hex(code)}⟩`;
  });
}

/** JSON for people. It is the same value when it is parsed, but has no invisible characters. */
export function visibleJson(value: unknown): string {
  return jsonOf(value).replace(unfit, (character) => `\\u${hex(character.charCodeAt(0))}`);
}

const maxIndentedChars = 100_000;

/** An Actor that is a function may store what JSON does not have. */
function jsonOf(value: unknown): string {
  try {
    const compact = JSON.stringify(value) as string | undefined;
    if (compact === undefined || compact.length > maxIndentedChars) return compact ?? String(value);
    return JSON.stringify(value, null, 2);
  } catch (error) {
    return `not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, "0");
}
