import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { Pace } from "../run/pace";
import type { Reporter } from "../run/reporter";
import type { Lookups } from "./lookups";
import type { DeploymentMemory } from "./taskRun/deploymentLedger";
import type { IsUnknown } from "./validate";

/** The Apify account that a resource works with. */
export interface Account {
  readonly client: ApifyClient;
  readonly baseUrl: string;
  readonly consoleUrl: string;
}

/** What the operations on a resource need from outside. */
export interface Context {
  readonly clock: Clock;
  /** The configured account, or the one of this name. Throws a `TaskRunError` that says what to set when there is none. */
  account(name?: string): Account;
  readonly report: Reporter;
  /** Whose resource it is, as one text that no other resource has. */
  readonly owner: string;
  readonly memory: DeploymentMemory;
  readonly lookups: Lookups;
  /** How often runs are asked after. Default: as where nobody watches. */
  readonly pace?: Pace | undefined;
  /** Aborted when the user breaks the deployment off, which then still waits for what is under way. */
  readonly breakOff?: AbortSignal | undefined;
  /** Aborted when the deployment is being stopped. */
  readonly signal?: AbortSignal | undefined;
  readonly isUnknown: IsUnknown;
  /** Seconds that the engine lets a create or update take, from `customTimeouts`; `undefined` for no limit. */
  readonly timeLimitSecs: { readonly create?: number; readonly update?: number };
}
