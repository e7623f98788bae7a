/** Splits a stream of text into lines. */
export interface LineSplitter {
  readonly write: (text: string) => void;
  /** Emits the text after the last line break, if there is any. */
  readonly end: () => void;
}

/**
 * Creates a line splitter. It emits the lines of a chunk together, because a program may print a million
 * of them at once. It drops the rest of a line after `maxChars`, which bounds its memory.
 */
export function createLineSplitter(
  maxChars: number,
  onLines: (lines: readonly string[]) => void,
): LineSplitter {
  let line = "";
  let dropped = 0;
  const takeLine = (): string => {
    const whole = dropped === 0 ? line.replace(/\r$/, "") : `${line}… (${dropped} more characters)`;
    line = "";
    dropped = 0;
    return whole;
  };
  return {
    write: (text) => {
      const lines: string[] = [];
      for (const [index, part] of text.split("\n").entries()) {
        if (index > 0) lines.push(takeLine());
        const kept = part.slice(0, Math.max(0, maxChars - line.length));
        line += kept;
        dropped += part.length - kept.length;
      }
      if (lines.length > 0) onLines(lines);
    },
    end: () => {
      if (line !== "") onLines([takeLine()]);
    },
  };
}
