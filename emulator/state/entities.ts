import type { CancelTimer } from "../clock";
import type { JsonObject } from "../json";
import type { ActorFunction } from "./actorFunction";
import type { AccountLimits, DeclaredRunOptions, InputSchema } from "./declarationTypes";
import type { DayUsage } from "./accountUsage";
import type { PricingInfo } from "./pricing";
import type { Refusal } from "./refusal";
import type { Run } from "./run";
import type { RunLog } from "./runLog";
import type { AdHocWebhook, Delivery } from "./webhook";

/** An account. */
export interface User {
  readonly id: string;
  readonly username: string;
  token: string;
  limits: AccountLimits;
  /** The tier whose prices the account pays. */
  readonly pricingTier: string;
  readonly createdAt: string;
  /** The error for every start by this account, if there is one. */
  refusal: Refusal | undefined;
  /** What the runs of the account have used, by day (`2026-01-31`). */
  readonly usage: Map<string, DayUsage>;
}

/**
 * An Actor's code: a command, a function, or none, for an Actor whose runs a test ends. The code of an
 * Actor that only a run remembers is lost.
 */
export type Program =
  | { readonly kind: "command"; readonly command: readonly [string, ...string[]] }
  | { readonly kind: "function"; readonly run: ActorFunction }
  | { readonly kind: "manual" }
  | { readonly kind: "lost" };

/** A build of an Actor. */
export interface Build {
  readonly id: string;
  readonly number: string;
  readonly tags: Set<string>;
  readonly program: Program;
  readonly inputSchema: InputSchema | undefined;
  /** Those that the Actor's owner has defined. */
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly createdAt: string;
}

/** An Actor. All accounts can use all Actors, as if they were public. */
export interface Actor {
  readonly id: string;
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly cwd: string;
  readonly program: Program;
  /** Oldest first. */
  readonly builds: Build[];
  readonly defaultRunOptions: DeclaredRunOptions;
  readonly pricingInfo: PricingInfo | undefined;
  readonly gitBranchName: string | null;
  /** The error for every start, if there is one. */
  refusal: Refusal | undefined;
  readonly createdAt: string;
  modifiedAt: string;
}

/** A saved task. */
export interface Task {
  readonly id: string;
  readonly userId: string;
  readonly username: string;
  actId: string;
  name: string;
  title: string | null;
  description: string | null;
  input: JsonObject | null;
  options: DeclaredRunOptions;
  actorStandby: JsonObject | null;
  readonly createdAt: string;
  modifiedAt: string;
  totalRuns: number;
}

/** How an Actor's code ended. */
export interface ActorExit {
  readonly exitCode: number;
  /** Why the code could not be started. */
  readonly problem?: string;
}

/** An Actor's code while it is running. */
export interface Execution {
  /** Asks the code to stop, as a graceful abort does. */
  requestStop(): void;
  /** Stops the code immediately. */
  kill(): void;
  /** Resolves when all of its processes have ended. */
  readonly ended: Promise<void>;
}

/** A run as the API shows it, and what only the emulator knows about it. */
export interface RunEntry {
  readonly run: Run;
  readonly owner: User;
  /** A metamorph changes the Actor, the build and the input key. */
  actor: Actor;
  build: Build;
  /** The key of the input in the default key-value store. */
  inputKey: string;
  /** The pricing of the Actor when the run was started. */
  readonly pricing: PricingInfo | undefined;
  /** The Actor's own API token, which tells its requests from those of API clients. */
  readonly token: string;
  /** The ad-hoc webhooks of the request that started the run. */
  readonly webhooks: readonly AdHocWebhook[];
  readonly deliveries: Delivery[];
  restartOnError: boolean;
  /** Who set the status message. The end of the run replaces only one from the platform. */
  messageFrom: "platform" | "actor";
  readonly log: RunLog;
  /** The times of the charges with these idempotency keys, in epoch milliseconds. */
  readonly chargeKeys: Map<string, number>;
  /** Epoch milliseconds. Unlike `run.startedAt`, a test cannot change it. */
  readonly createdAt: number;
  /** When it times out, in epoch milliseconds; undefined without a timeout, and before it runs. */
  timeoutAt: number | undefined;
  /** For how long it did not run because the emulator was not running. */
  offMillis: number;
  /** The number of times that it was read by its id. */
  reads: number;
  execution: Execution | undefined;
  readonly timers: Map<string, CancelTimer>;
}
