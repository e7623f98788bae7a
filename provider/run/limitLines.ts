import { message } from "../apify/message";
import type { Clock } from "../apify/clock";
import type { Message } from "../apify/message";

/** Where to show the lines. */
export interface LimitOptions {
  readonly clock: Pick<Clock, "monotonicMillis">;
  /** The page of the complete log, for the user. */
  readonly link: string;
  readonly show: (line: Message) => void;
}

/** Shows the lines of a log no faster than a person can read them. */
export interface LimitedLines {
  /** Shows a line, or counts it as omitted. `enough` if no further line will be shown. */
  take(line: string): "more" | "enough";
  /** Reports how many lines were omitted since the last one shown. */
  end(): void;
}

/** Maximum number of lines per second. */
const linesPerSecond = 10;

/** Maximum number of lines per run: Pulumi keeps all of them, and prints them again at the end. */
const mostLines = 2000;

/** Shows all lines except blank ones, up to the limits above, and reports how many it omits. */
export function limitLines({ clock, link, show }: LimitOptions): LimitedLines {
  let secondBegan = -Infinity;
  let inSecond = 0;
  let omitted = 0;
  let shown = 0;
  const end = (): void => {
    if (omitted === 0) return;
    show(message`… ${omitted} ${omitted === 1 ? "line" : "lines"} omitted, see ${link}`);
    omitted = 0;
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
        omitted++;
        return "more";
      }
      end();
      inSecond++;
      shown++;
      show(message`> ${line}`);
      if (shown < mostLines) return "more";
      show(message`… no further lines are shown, see ${link}`);
      return "enough";
    },
    end,
  };
}
