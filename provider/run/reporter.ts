import type { Message } from "../apify/message";

/** Shows progress. Its methods never throw, and only `shown` waits. */
export interface Reporter {
  /** Shows a line permanently. A line that is reported again is not shown again. */
  line(text: Message): void;
  /** Shows a line of a run's log permanently, each time it is reported. */
  log(text: Message): void;
  /** Shows a status until the next one replaces it. */
  status(text: Message): void;
  /** Resolves once everything has been shown, or after two seconds. Await it before a step that may be the last of this process. */
  shown(): Promise<void>;
}
