import { messageOf, RequestError } from "../apify/errors";
import { findRuns, notFoundReason } from "./findRuns";
import { mayHaveStartedSince } from "./startTime";
import { hasEnded } from "./status";
import type { RunShort } from "../apify/schemas/run";
import type { FindRunsOptions, FoundRuns } from "./findRuns";

/** What happened to a start whose response was lost. */
export type Reconciliation =
  | { readonly outcome: "found"; readonly run: RunShort }
  /** Apify's lists have had time to catch up, and show no such run. */
  | { readonly outcome: "notStarted" }
  | { readonly outcome: "unknown"; readonly reason: string };

/** What to search for. */
export interface ReconcileOptions extends Omit<
  FindRunsOptions,
  "sinceMillis" | "withinSecs" | "isCandidate" | "newestReads" | "isEnough"
> {
  /** The runs that existed before the start. */
  readonly before: ReadonlySet<string>;
  /** The `completeSinceMillis` of the search before the start: since when `before` is complete. */
  readonly beforeSinceMillis: number;
}

/**
 * Pauses in seconds between the searches, one minute in all. A list shows a new run some seconds late,
 * and a start that timed out may still be under way.
 */
const pauses = [1, 2, 4, 8, 15, 15, 15] as const;

/** Maximum pause that Apify can request here; a longer one is cut, so that it cannot hold up the deployment. */
const longestPauseMillis = 60_000;

/** Seconds for each search. The last one, whose result is final, has the connection's own limit. */
const searchSecs = 15;

/**
 * Searches for the run of a start that may have happened, until it is found or the pauses are over. A run
 * is new if the search before the start would have listed it, and did not. This machine's clock is not
 * used: if it made a new run seem old, a second run would be started.
 */
export async function reconcile(options: ReconcileOptions): Promise<Reconciliation> {
  const { before, beforeSinceMillis: sinceMillis, clock, signal } = options;
  const isNew = (run: RunShort): boolean =>
    !before.has(run.id) && (!hasEnded(run.status) || mayHaveStartedSince(run, sinceMillis));
  const search: FindRunsOptions = {
    ...options,
    sinceMillis,
    isCandidate: isNew,
    isEnough: (runs) => runs.some(isNew),
  };
  const newRun = (result: FoundRuns | FailedSearch): RunShort | undefined =>
    "reason" in result ? undefined : result.runs.find(isNew);
  for (const pause of pauses) {
    const result = await tryToFind({ ...search, withinSecs: searchSecs });
    const run = newRun(result);
    if (run !== undefined) return { outcome: "found", run };
    const requested = "reason" in result ? result.retryAfterMillis : 0;
    await clock.sleep(Math.max(pause * 1000, Math.min(requested, longestPauseMillis)), signal);
    if (signal?.aborted) return { outcome: "unknown", reason: "the deployment was interrupted" };
  }
  const last = await tryToFind(search);
  const run = newRun(last);
  if (run !== undefined) return { outcome: "found", run };
  if ("reason" in last) return { outcome: "unknown", reason: last.reason };
  return last.listedButNotFound === undefined
    ? { outcome: "notStarted" }
    : { outcome: "unknown", reason: notFoundReason(last.listedButNotFound) };
}

/** Why a search failed, and the pause that Apify requested. */
interface FailedSearch {
  readonly reason: string;
  readonly retryAfterMillis: number;
}

async function tryToFind(options: FindRunsOptions): Promise<FoundRuns | FailedSearch> {
  try {
    return await findRuns(options);
  } catch (error) {
    const transient = error instanceof RequestError ? error.transient : undefined;
    return { reason: messageOf(error), retryAfterMillis: transient?.retryAfterMillis ?? 0 };
  }
}
