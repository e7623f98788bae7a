import type { Clock } from "../apify/clock";
import type { Pace } from "../run/pace";
import type { Reporter } from "../run/reporter";
import type { Account } from "./account";
import type { SharedReads } from "./sharedReads";
import type { IsUnknown } from "./validate";

/** What the operations on any resource need from outside. */
export interface ResourceContext {
  readonly clock: Clock;
  /** The configured account, or the one of this name. Throws a `ProviderError` that says what to set if there is none. */
  account(name?: string): Account;
  readonly report: Reporter;
  /** Identifies the resource: a text that no other resource has. */
  readonly owner: string;
  readonly reads: SharedReads;
  /** How often runs are polled. Default: the pace for a deployment that nobody watches. */
  readonly pace?: Pace | undefined;
  /** Aborted at the user's first ^C: the deployment then finishes what is in progress. */
  readonly cancelled?: AbortSignal | undefined;
  /** Aborted when the deployment has to stop now. */
  readonly signal?: AbortSignal | undefined;
  readonly isUnknown: IsUnknown;
  /** Seconds that the engine lets a create or update take, from `customTimeouts`; `undefined` for no limit. */
  readonly timeLimitSecs: { readonly create?: number; readonly update?: number };
}
