import { messageOf } from "../apify/errors";
import { isWanted, lookForRuns } from "./look";
import type { RunShort } from "../apify/schemas/run";
import type { Look, LookOptions } from "./look";

/** What became of a start whose answer was lost. */
export type Reconciliation =
  | { readonly outcome: "found"; readonly run: RunShort }
  /** Apify was asked until its lists must have caught up, and has no such run. */
  | { readonly outcome: "notStarted" }
  | { readonly outcome: "notKnown"; readonly reason: string };

/** What reconciling needs. */
export interface ReconcileOptions extends Omit<LookOptions, "sinceMillis" | "withinSecs"> {
  /** The runs that were there before the start. */
  readonly before: ReadonlySet<string>;
  /** Apify's time before the start, in epoch milliseconds; `undefined` when it is not known. */
  readonly beganMillis: number | undefined;
}

/**
 * Pauses in seconds between the looks, one minute in all. A list shows a new run some seconds late,
 * and a start that was given up may still be on its way.
 */
const pauses = [1, 2, 4, 8, 15, 15, 15] as const;

/** Seconds for each look but the last, whose answer decides. */
const lookSecs = 15;

/** `Date` tells whole seconds, and Apify's machines need not agree on them. */
const clockToleranceMillis = 5_000;

/** Looks for the run of a start that may have happened, until it is found or the grace window is over. */
export async function reconcile(options: ReconcileOptions): Promise<Reconciliation> {
  const { before, beganMillis, clock, signal } = options;
  const sinceMillis = beganMillis === undefined ? -Infinity : beganMillis - clockToleranceMillis;
  const look = { ...options, sinceMillis };
  const newRun = (sight: Look | string): RunShort | undefined =>
    typeof sight === "string"
      ? undefined
      : sight.runs.find((run) => !before.has(run.id) && isWanted(run, sinceMillis));
  for (const pause of pauses) {
    const run = newRun(await seen({ ...look, withinSecs: lookSecs }));
    if (run !== undefined) return { outcome: "found", run };
    await clock.sleep(pause * 1000, signal);
    if (signal?.aborted) return { outcome: "notKnown", reason: "the deployment was interrupted" };
  }
  const last = await seen(look);
  const run = newRun(last);
  if (run !== undefined) return { outcome: "found", run };
  return typeof last === "string"
    ? { outcome: "notKnown", reason: last }
    : { outcome: "notStarted" };
}

/** What a look saw, or why it saw nothing. */
async function seen(options: LookOptions): Promise<Look | string> {
  try {
    return await lookForRuns(options);
  } catch (error) {
    return messageOf(error);
  }
}
