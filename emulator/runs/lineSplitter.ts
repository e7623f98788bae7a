/** What takes a stream of text apart into lines. */
export interface LineSplitter {
  readonly write: (text: string) => void;
  /** Gives what came after the last line end, if anything did. */
  readonly end: () => void;
}

/** Makes one. Of a line longer than `mostChars` the rest is dropped, so that no line fills the memory. */
export function createLineSplitter(
  mostChars: number,
  onLine: (line: string) => void,
): LineSplitter {
  let line = "";
  let dropped = 0;
  const give = (): void => {
    const whole = dropped === 0 ? line.replace(/\r$/, "") : `${line}… (${dropped} more characters)`;
    line = "";
    dropped = 0;
    onLine(whole);
  };
  return {
    write: (text) => {
      for (const [index, part] of text.split("\n").entries()) {
        if (index > 0) give();
        const kept = part.slice(0, Math.max(0, mostChars - line.length));
        line += kept;
        dropped += part.length - kept.length;
      }
    },
    end: () => {
      if (line !== "") give();
    },
  };
}
