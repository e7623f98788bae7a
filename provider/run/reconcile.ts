import { messageOf, RequestError } from "../apify/errors";
import { isWanted, findRuns, unreadableRun } from "./findRuns";
import type { RunShort } from "../apify/schemas/run";
import type { FoundRuns, FindRunsOptions } from "./findRuns";

/** What became of a start whose answer was lost. */
export type Reconciliation =
  | { readonly outcome: "found"; readonly run: RunShort }
  /** Apify was asked until its lists must have caught up, and has no such run. */
  | { readonly outcome: "notStarted" }
  | { readonly outcome: "notKnown"; readonly reason: string };

/** What reconciling needs. */
export interface ReconcileOptions extends Omit<
  FindRunsOptions,
  "sinceMillis" | "withinSecs" | "matters" | "newestReads" | "isEnough"
> {
  /** The runs that were there before the start. */
  readonly before: ReadonlySet<string>;
  /** How far back these are all: `completeSinceMillis` of the look before the start. */
  readonly beforeSinceMillis: number;
}

/**
 * Pauses in seconds between the looks, one minute in all. A list shows a new run some seconds late,
 * and a start that was given up may still be on its way.
 */
const pauses = [1, 2, 4, 8, 15, 15, 15] as const;

/** How long a pause of which Apify asks may be: it is not to decide how long a deployment goes on. */
const longestAskedMillis = 60_000;

/** Seconds for each look but the last, whose answer decides. */
const lookSecs = 15;

/**
 * Looks for the run of a start that may have happened, until it is found or the grace window is over.
 * New is what the look before the start would have seen and did not. No clock is asked: to take a new
 * run for an old one would start a second.
 */
export async function reconcile(options: ReconcileOptions): Promise<Reconciliation> {
  const { before, beforeSinceMillis: sinceMillis, clock, signal } = options;
  const isNew = (run: RunShort): boolean => !before.has(run.id) && isWanted(run, sinceMillis);
  const look: FindRunsOptions = {
    ...options,
    sinceMillis,
    matters: isNew,
    isEnough: (runs) => runs.some(isNew),
  };
  const newRun = (sight: FoundRuns | Blindness): RunShort | undefined =>
    "reason" in sight ? undefined : sight.runs.find(isNew);
  for (const pause of pauses) {
    const sight = await seen({ ...look, withinSecs: lookSecs });
    const run = newRun(sight);
    if (run !== undefined) return { outcome: "found", run };
    const asked = "reason" in sight ? Math.min(sight.askedMillis, longestAskedMillis) : 0;
    await clock.sleep(Math.max(pause * 1000, asked), signal);
    if (signal?.aborted) return { outcome: "notKnown", reason: "the deployment was interrupted" };
  }
  const last = await seen(look);
  const run = newRun(last);
  if (run !== undefined) return { outcome: "found", run };
  if ("reason" in last) return { outcome: "notKnown", reason: last.reason };
  return last.unreadable === undefined
    ? { outcome: "notStarted" }
    : { outcome: "notKnown", reason: unreadableRun(last.unreadable) };
}

/** Why a look saw nothing, and how long Apify wants not to be asked again. */
interface Blindness {
  readonly reason: string;
  readonly askedMillis: number;
}

/** What a look saw, or why it saw nothing. */
async function seen(options: FindRunsOptions): Promise<FoundRuns | Blindness> {
  try {
    return await findRuns(options);
  } catch (error) {
    const transient = error instanceof RequestError ? error.transient : undefined;
    const askedMillis = transient?.retryAfterMillis ?? 0;
    return { reason: messageOf(error), askedMillis };
  }
}
