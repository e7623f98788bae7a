import type { JsonObject } from "../json";
import type { ActorFunction } from "./actorFunction";
import type { PricingInfo } from "./pricing";
import type { Refusal } from "./refusal";

/** The users, Actors and tasks of an emulator. */
export interface Declaration {
  /** Ignored; lets an editor find a schema. */
  readonly $schema?: string | undefined;
  /** At least one. */
  readonly users: readonly DeclaredUser[];
  readonly actors?: readonly DeclaredActor[] | undefined;
  readonly tasks?: readonly DeclaredTask[] | undefined;
}

/** An account. */
export interface DeclaredUser {
  /** Letters and digits. @default derived from the username */
  readonly id?: string | undefined;
  readonly username: string;
  /** The API token. */
  readonly token: string;
  readonly limits?: Partial<AccountLimits> | undefined;
  /** The tier whose prices the account pays, such as `GOLD`. @default FREE */
  readonly pricingTier?: string | undefined;
  /** Refuses every start by this account. */
  readonly refusal?: Refusal | undefined;
}

/** The limits of an account. */
export interface AccountLimits {
  /** Of all its runs together. @default 65536 */
  maxMemoryMbytes: number;
  /** @default 256 */
  maxConcurrentRuns: number;
  /** Starts are refused when the runs of the month have cost this much. @default 300 */
  maxMonthlyUsageUsd: number;
  /** Only shown: the emulator keeps everything. @default 7 */
  dataRetentionDays: number;
}

/**
 * An Actor. Its code is exactly one of `folder`, `command`, `run` and `manual`, or is given by each of
 * its builds.
 */
export interface DeclaredActor {
  /** Letters and digits. @default derived from its name */
  readonly id?: string | undefined;
  readonly username: string;
  /** Required without a folder. */
  readonly name?: string | undefined;
  /**
   * A folder with .actor/actor.json, which gives the name, the title and the build. In a file it is
   * relative to the folder of the file.
   */
  readonly folder?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  /** The program and its arguments. */
  readonly command?: readonly [string, ...string[]] | undefined;
  /**
   * The working directory of `command`; in a file it is relative to the folder of the file. It may be
   * any folder: a declaration names programs to run, so it is trusted like a program.
   */
  readonly cwd?: string | undefined;
  /** A function that takes the place of the code. */
  readonly run?: ActorFunction | undefined;
  /** Whether a test ends its runs. */
  readonly manual?: boolean | undefined;
  /** @default one, `0.1.1`, tagged `latest` */
  readonly builds?: readonly DeclaredBuild[] | undefined;
  readonly defaultRunOptions?: DeclaredRunOptions | undefined;
  readonly pricingInfo?: PricingInfo | undefined;
  readonly gitBranchName?: string | undefined;
  /** Refuses every start of this Actor. */
  readonly refusal?: Refusal | undefined;
}

/** A build of an Actor. */
export interface DeclaredBuild {
  readonly id?: string | undefined;
  /** Three numbers, such as `0.1.1`. */
  readonly number: string;
  readonly tags?: readonly string[] | undefined;
  /** @default that of the Actor */
  readonly command?: readonly [string, ...string[]] | undefined;
  /** @default that of the Actor */
  readonly run?: ActorFunction | undefined;
  readonly inputSchema?: InputSchema | undefined;
  /** https://docs.apify.com/platform/actors/development/programming-interface/environment-variables#custom-environment-variables */
  readonly environmentVariables?: Readonly<Record<string, string>> | undefined;
}

/** The part of an Actor's input schema that the emulator reads. */
export interface InputSchema {
  readonly required?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, SchemaProperty>> | undefined;
  readonly [keyword: string]: unknown;
}

/** A property of an input schema. */
export interface SchemaProperty {
  readonly default?: unknown;
  readonly [keyword: string]: unknown;
}

/** Run options of a task or an Actor. */
export interface DeclaredRunOptions {
  build?: string | undefined;
  timeoutSecs?: number | undefined;
  memoryMbytes?: number | undefined;
  maxItems?: number | undefined;
  maxTotalChargeUsd?: number | undefined;
  restartOnError?: boolean | undefined;
}

/** A saved task. */
export interface DeclaredTask {
  /** Letters and digits. @default derived from its name */
  readonly id?: string | undefined;
  readonly username: string;
  readonly name: string;
  readonly title?: string | undefined;
  /** The Actor, as `username~name`. */
  readonly actor: string;
  readonly input?: JsonObject | undefined;
  readonly options?: DeclaredRunOptions | undefined;
}

/** New values for any properties of a task; null removes one that can be missing. */
export interface TaskPatch {
  readonly name?: string | undefined;
  readonly title?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly actId?: string | undefined;
  readonly input?: JsonObject | null | undefined;
  readonly options?: NullableRunOptions | null | undefined;
  readonly actorStandby?: JsonObject | null | undefined;
}

/** Run options of which each may be null. */
export type NullableRunOptions = {
  readonly [Name in keyof DeclaredRunOptions]: DeclaredRunOptions[Name] | null;
};

/** A declaration with its defaults, and with what the folders of its Actors say. */
export interface ParsedDeclaration {
  readonly users: readonly ParsedUser[];
  readonly actors: readonly ParsedActor[];
  readonly tasks: readonly DeclaredTask[];
}

/** An account with its defaults. */
export interface ParsedUser extends DeclaredUser {
  readonly limits?: AccountLimits | undefined;
  readonly pricingTier: string;
}

/** An Actor whose folder, if it has one, was read. */
export interface ParsedActor extends Omit<DeclaredActor, "name" | "folder" | "builds"> {
  readonly name: string;
  readonly builds: readonly DeclaredBuild[];
}
