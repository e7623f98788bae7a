import { message } from "../apify/message";
import type { Clock } from "../apify/clock";
import type { Message } from "../apify/message";

/** What it takes to show lines at a pace that can be read. */
export interface PaceOptions {
  readonly clock: Pick<Clock, "monotonicMillis">;
  /** Where all lines are, for the user. */
  readonly link: string;
  readonly show: (line: Message) => void;
}

/** Lines of a log, of which as many are shown as somebody can read. */
export interface PacedLines {
  /** Shows a line, or counts it. `enough` when no other one will be shown. */
  take(line: string): "more" | "enough";
  /** Says how many were left out last. */
  end(): void;
}

/** The most lines in one second. */
const linesPerSecond = 10;

/** The most lines of one run: Pulumi keeps each of them, and prints all of them once more at the end. */
const mostLines = 2000;

/** Shows each line that is not blank, until there are too many; what is left out is counted, and said. */
export function paceLines({ clock, link, show }: PaceOptions): PacedLines {
  let secondBegan = -Infinity;
  let inSecond = 0;
  let leftOut = 0;
  let shown = 0;
  const end = (): void => {
    if (leftOut === 0) return;
    show(message`… ${leftOut} ${leftOut === 1 ? "line" : "lines"} left out, see ${link}`);
    leftOut = 0;
  };
  return {
    take: (line) => {
      if (shown === mostLines) return "enough";
      if (line.trim() === "") return "more";
      const now = clock.monotonicMillis();
      if (now - secondBegan >= 1000) {
        secondBegan = now;
        inSecond = 0;
      }
      if (inSecond === linesPerSecond) {
        leftOut++;
        return "more";
      }
      end();
      inSecond++;
      shown++;
      show(message`> ${line}`);
      if (shown < mostLines) return "more";
      show(message`… the log is not shown any further, see ${link}`);
      return "enough";
    },
    end,
  };
}
