import type { Message } from "../apify/message";

/** Where progress is shown. Showing never fails and never delays. */
export interface Reporter {
  /** A line that stays. */
  line(text: Message): void;
  /** What is going on right now; the next one takes its place. */
  status(text: Message): void;
}
