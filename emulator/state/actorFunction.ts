import type { JsonObject } from "./run";

/** What came of a charge, as Apify's SDK tells its Actor. */
export interface ChargeResult {
  /** How many of the events were charged: those that fit into `maxTotalChargeUsd`. */
  readonly chargedCount: number;
  /** Whether not one more of these events fits, so that the Actor should end. */
  readonly limitReached: boolean;
}

/** What an Actor written as a function may use. */
export interface ActorContext {
  readonly runId: string;
  /** The effective input: the record INPUT of the run. */
  readonly input: JsonObject;
  /** The variables that an Actor run as a process would find in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Aborted when the run is asked to stop, gracefully or not. */
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  readonly setStatusMessage: (text: string) => void;
  readonly pushData: (items: JsonObject | readonly JsonObject[]) => void;
  readonly setValue: (key: string, value: unknown) => void;
  /** Charges events of an Actor that is paid per event; gives what of them fits into the limit. */
  readonly charge: (event: string, count?: number) => ChargeResult;
}

/** How an Actor function may end; nothing returned means exit code 0, a rejection means 1. */
export interface ActorResult {
  exitCode?: number;
}

/** An Actor written as a function. */
export type ActorFunction = (
  context: ActorContext,
) => Promise<void> | Promise<ActorResult | undefined>;
