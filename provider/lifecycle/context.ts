import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { IsUnknown } from "./validate";

/** Where progress is shown. Showing never fails and never delays. */
export interface Reporter {
  /** A line that stays. */
  line(text: string): void;
  /** What is going on right now; the next one takes its place. */
  status(text: string): void;
}

/** The Apify account that a resource works with. */
export interface Account {
  readonly client: ApifyClient;
  readonly baseUrl: string;
  readonly consoleUrl: string;
}

/** What the operations on a resource need from outside. */
export interface Context {
  readonly clock: Clock;
  /** The configured account. Throws a `TaskRunError` that says what to set when there is none. */
  account(): Account;
  readonly report: Reporter;
  readonly isUnknown: IsUnknown;
  /** Seconds that the engine lets a create or update take, from `customTimeouts`; `undefined` for no limit. */
  readonly timeLimitSecs: { readonly create?: number; readonly update?: number };
}
