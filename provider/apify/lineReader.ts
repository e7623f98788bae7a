import { StringDecoder } from "node:string_decoder";
import type { Redaction } from "./redaction";

/** Maximum number of characters of one line. */
const longestLine = 10_000;

/** Splits a text into lines as its bytes arrive. */
export interface LineReader {
  readonly take: (chunk: Buffer) => void;
  /** Passes on the text after the last line break, if there is any. Call it at the end of the text. */
  readonly end: () => void;
}

/**
 * Splits a UTF-8 text of any length into lines without the token, and keeps only one line in memory. A line
 * of more than 10,000 characters is cut after the token was removed, so that no part of the token remains.
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
    // What was kept may end with the beginning of a token.
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
