import type { JsonObject } from "../json";

/** The result of a charge, as Apify's SDK returns it to an Actor. */
export interface ChargeResult {
  /** The number of events that were charged, because they fit into `maxTotalChargeUsd`. */
  readonly chargedCount: number;
  /** Whether the limit has no room for another event, in which case the Actor should end. */
  readonly limitReached: boolean;
}

/** The argument of an Actor that is a function. */
export interface ActorContext {
  readonly runId: string;
  /** The effective input. */
  readonly input: JsonObject;
  /** The environment variables that an Actor would have as a process. */
  readonly env: Readonly<Record<string, string>>;
  /** Aborted when the run is aborted, gracefully or not, or times out. */
  readonly signal: AbortSignal;
  /** Writes a line into the log of the run. */
  readonly log: (line: string) => void;
  /** Sets the status message of the run. */
  readonly setStatusMessage: (text: string) => void;
  /** Appends items to the default dataset of the run. */
  readonly pushData: (items: JsonObject | readonly JsonObject[]) => void;
  /** Writes a record into the default key-value store of the run. */
  readonly setValue: (key: string, value: unknown) => void;
  /** Charges events of an Actor that is paid per event, as far as they fit into the limit. */
  readonly charge: (event: string, count?: number) => ChargeResult;
}

/** The exit code of an Actor function: 0 if it returns none, 1 if it rejects. */
export interface ActorResult {
  exitCode?: number;
}

/** An Actor that is a function. */
export type ActorFunction = (
  context: ActorContext,
) => Promise<void> | Promise<ActorResult | undefined>;
