/** Where progress is shown. Showing never fails and never delays. */
export interface Reporter {
  /** A line that stays. */
  line(text: string): void;
  /** What is going on right now; the next one takes its place. */
  status(text: string): void;
}
