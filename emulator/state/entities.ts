import type { CancelTimer } from "../clock";
import type { ActorFunction } from "./actorFunction";
import type { AccountLimits, DeclaredRunOptions, InputSchema } from "./declaration";
import type { PricingInfo } from "./pricing";
import type { Refusal } from "./refusal";
import type { JsonObject, Run } from "./run";

/** An account. */
export interface User {
  readonly id: string;
  readonly username: string;
  token: string;
  limits: AccountLimits;
  /** Which of an Actor's tiered prices it pays. */
  readonly pricingTier: string;
}

/** How an Actor's code runs: a process, a function, or a test that drives it by hand. */
export type Program =
  | { readonly kind: "command"; readonly command: readonly [string, ...string[]] }
  | { readonly kind: "function"; readonly run: ActorFunction }
  | { readonly kind: "manual" };

/** A build of an Actor. */
export interface Build {
  readonly id: string;
  readonly number: string;
  readonly tags: Set<string>;
  readonly program: Program;
  readonly inputSchema: InputSchema | undefined;
  readonly createdAt: string;
}

/** An Actor; every account sees every Actor, as with a public one. */
export interface Actor {
  readonly id: string;
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly title: string | null;
  readonly cwd: string;
  readonly program: Program;
  /** Oldest first. */
  readonly builds: Build[];
  readonly defaultRunOptions: DeclaredRunOptions;
  readonly pricingInfo: PricingInfo | undefined;
  readonly gitBranchName: string | null;
  /** What every start is refused with. */
  readonly refusal: Refusal | undefined;
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
  input: JsonObject | null;
  options: DeclaredRunOptions;
  readonly createdAt: string;
  modifiedAt: string;
  totalRuns: number;
}

/** An Actor's code while it runs. */
export interface Execution {
  /** Asks it to stop. */
  signal(): void;
  /** Stops it at once. */
  kill(): void;
  /** Resolves when nothing of it is left. */
  readonly ended: Promise<void>;
}

/** A run and what the emulator keeps beside the record that the API shows. */
export interface RunEntry {
  readonly run: Run;
  readonly owner: User;
  /** Another one than at the start after a metamorph; so are its build and its input. */
  actor: Actor;
  build: Build;
  /** Which record of the default store the Actor reads its input from. */
  inputKey: string;
  /** The pricing that the run started under. */
  readonly pricing: PricingInfo | undefined;
  /** The token that the Actor gets, so that its requests can be told from those of API clients. */
  readonly token: string;
  readonly webhooks: readonly unknown[];
  restartOnError: boolean;
  /** Whether the Actor set its own status message, which the end of the run must not replace. */
  messageFrom: "platform" | "actor";
  readonly log: string[];
  /** Epoch milliseconds; `startedAt` is what a test may have set. */
  readonly createdAt: number;
  /** How often it was asked for by its id. */
  reads: number;
  execution: Execution | undefined;
  readonly timers: Map<string, CancelTimer>;
}

/** What every storage has. */
export interface Storage {
  readonly id: string;
  readonly userId: string;
  readonly actId: string;
  readonly runId: string;
  readonly createdAt: string;
  modifiedAt: string;
  accessedAt: string;
}

/** A dataset; each item remembers when it came, since counts lag behind. */
export interface Dataset extends Storage {
  readonly items: { readonly value: JsonObject; readonly at: number }[];
  readonly urlSigningSecretKey: string;
}

/** A record of a key-value store. */
export interface StoredRecord {
  readonly contentType: string;
  readonly body: Buffer;
}

/** A key-value store. */
export interface KeyValueStore extends Storage {
  readonly records: Map<string, StoredRecord>;
}
