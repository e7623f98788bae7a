import type { Message } from "../apify/message";

/** Shows progress. Its methods never throw, and only `shown` waits. */
export interface Reporter {
  /** Shows a line that stays, once, however often it is reported. */
  line(text: Message): void;
  /** Shows a line of a run's log, which also stays, each time it is reported. */
  log(text: Message): void;
  /** Shows the current state; the next status replaces it. */
  status(text: Message): void;
  /** Resolves once everything has been shown, or after two seconds. Await it before a step that may end the process. */
  shown(): Promise<void>;
}
