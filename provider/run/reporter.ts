import type { Message } from "../apify/message";

/** Where progress is shown. Showing never fails, and nothing but `shown` waits for it. */
export interface Reporter {
  /** A line that stays. It is shown once, however often it is reported. */
  line(text: Message): void;
  /** A line of a run's log, which stays, too, and is shown each time. */
  log(text: Message): void;
  /** What is going on right now; the next one takes its place. */
  status(text: Message): void;
  /** Resolves when all of it has been shown, or after two seconds: what may only be said once is to be seen before what follows. */
  shown(): Promise<void>;
}
