import type { Clock } from "../apify/clock";
import type { PollLength } from "../run/pollLength";
import type { Reporter } from "../run/reporter";
import type { Account } from "./account";
import type { SharedReads } from "./sharedReads";
import type { IsUnknown } from "./unknown";

/** What every operation on a resource needs from its surroundings. */
export interface ResourceContext {
  readonly clock: Clock;
  /** The account with this name, or the default one. Throws a `ProviderError` that says what to set if it is not configured. */
  account(name?: string): Account;
  readonly report: Reporter;
  /** Identifies the resource: a text that is unique among all resources. */
  readonly owner: string;
  /** The resource's name in the program. */
  readonly resourceName: string;
  readonly reads: SharedReads;
  /** How often runs are polled. Default: as without an audience. */
  readonly pollLength?: PollLength | undefined;
  /** Aborted at the user's first ^C, after which the engine lets operations in progress finish. */
  readonly cancelled?: AbortSignal | undefined;
  /** Aborted when the deployment has to stop now. */
  readonly signal?: AbortSignal | undefined;
  readonly isUnknown: IsUnknown;
  /** Seconds that the engine lets a create or update take, from `customTimeouts`; `undefined` for no limit. */
  readonly timeLimitSecs: { readonly create?: number; readonly update?: number };
}
