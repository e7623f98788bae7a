/** Splits a stream of text into lines. */
export interface LineSplitter {
  readonly write: (text: string) => void;
  /** Emits the text after the last line break, if there is any. */
  readonly end: () => void;
}

/** Creates a line splitter. It drops the rest of a line after `maxChars`, which bounds its memory. */
export function createLineSplitter(maxChars: number, onLine: (line: string) => void): LineSplitter {
  let line = "";
  let dropped = 0;
  const emit = (): void => {
    const whole = dropped === 0 ? line.replace(/\r$/, "") : `${line}… (${dropped} more characters)`;
    line = "";
    dropped = 0;
    onLine(whole);
  };
  return {
    write: (text) => {
      for (const [index, part] of text.split("\n").entries()) {
        if (index > 0) emit();
        const kept = part.slice(0, Math.max(0, maxChars - line.length));
        line += kept;
        dropped += part.length - kept.length;
      }
    },
    end: () => {
      if (line !== "") emit();
    },
  };
}
