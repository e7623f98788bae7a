import { StringDecoder } from "node:string_decoder";
import type { Redaction } from "./redaction";

/** The most characters of one line that are kept. */
const longestLine = 10_000;

/** Takes the bytes of a text piece by piece, and gives its lines. */
export interface LineReader {
  readonly take: (chunk: Buffer) => void;
  /** No more is coming: gives what comes after the last line break, if anything does. */
  readonly end: () => void;
}

/**
 * Splits a UTF-8 text of any length into lines without the token, and keeps no more than one of
 * them. A line of more than 10,000 characters is cut, after the token was taken out of it, so that
 * no part of the token is left at the cut.
 */
export function lineReader(redaction: Redaction, onLine: (line: string) => void): LineReader {
  const decoder = new StringDecoder("utf8");
  const mostKept = longestLine + redaction.longestForm;
  let kept = "";
  let isWhole = true;

  const append = (part: string): void => {
    const room = mostKept - kept.length;
    kept += part.slice(0, room);
    isWhole &&= part.length <= room;
  };
  const finish = (): void => {
    const line = redaction.text(kept.replace(/\r$/, ""));
    // The end of what was kept may be the beginning of a token.
    const safe = isWhole ? line : line.slice(0, -redaction.longestForm);
    kept = "";
    isWhole = true;
    onLine(safe.slice(0, longestLine));
  };
  return {
    take: (chunk) => {
      const [first = "", ...others] = decoder.write(chunk).split("\n");
      append(first);
      for (const part of others) {
        finish();
        append(part);
      }
    },
    end: () => {
      append(decoder.end());
      if (kept !== "") finish();
    },
  };
}
