import { mayHaveStartedAfter, startedAfter } from "./startTime";
import { hasEnded, canStillSucceed } from "./status";
import type { RunShort } from "../apify/schemas/run";

/** The run in the state that a new one is to replace. */
export interface ReplacedRun {
  readonly id: string;
  /** By Apify's clock, ISO 8601. */
  readonly startedAt?: string | null | undefined;
  /**
   * When this run may be used after all. `running`: if it runs again, since somebody resurrected it.
   * `runningOrGood`: nobody read how it ended, so also if it turns out to have delivered. `never`:
   * its build or its task has changed since.
   */
  readonly reusableIf: "running" | "runningOrGood" | "never";
}

/** Which of the runs with the right key may be used instead of a new one. */
export interface ReuseRules {
  /**
   * Which good runs may be used. `any`: the user's own `idempotencyKey` shares them. `startedAfterReplaced`:
   * only those that started after `replaced`, which no deployment can have used yet.
   */
  readonly endedRuns: "any" | "startedAfterReplaced";
  /** The run to be replaced, if it is known. */
  readonly replaced: ReplacedRun | undefined;
  /** Whether a run is to be replaced that is not known here, as with `pulumi up --replace`. Default: false. */
  readonly replacesUnknown?: boolean;
  /** Whether a run with this status has delivered. */
  readonly isGood: (status: string) => boolean;
  /** Whether data of a run that started then, ISO 8601, is still new enough. */
  readonly isFresh: (startedAt: string | null | undefined) => boolean;
}

/** What to do with the runs that have the key. */
export interface RunChoice {
  /** The run to use instead of a new one. */
  readonly chosen: RunShort | undefined;
  /** The newest run that is not used, although no state may have it: the user has to be told. */
  readonly notReused: RunShort | undefined;
}

/**
 * Chooses among the runs that have the key, newest first: one that is running, or one that delivered
 * fresh data that no deployment can have used yet. The latter is known of a run that started after the
 * replaced one, and does not matter with an `idempotencyKey`. An older run may be the one that this
 * deployment is to replace, or belong to a deleted resource. Pure.
 */
export function chooseRun(runs: readonly RunShort[], rules: ReuseRules): RunChoice {
  const { replaced, replacesUnknown = false } = rules;
  const recorded = runs.find(({ id }) => id === replaced?.id);
  // If the replaced run has this same key, older runs with the key have been used.
  const endedRuns = recorded === undefined ? rules.endedRuns : "startedAfterReplaced";
  const chosen = runs.find((run) => isReusable(run, { ...rules, endedRuns }));
  // With an unknown replaced run, the newest one is most likely the replaced run itself.
  if (chosen !== undefined || replacesUnknown) return { chosen, notReused: undefined };
  const notReused = runs.find(
    (run) => run !== recorded && hasEnded(run.status) && mayHaveStartedAfter(run, replaced),
  );
  return { chosen, notReused };
}

/** Whether a run would be used if it had the key. Pure. */
export function isReusable(run: RunShort, rules: ReuseRules): boolean {
  const { endedRuns, replaced, isGood, isFresh } = rules;
  const isRecorded = run.id === replaced?.id;
  if (isRecorded && replaced.reusableIf === "never") return false;
  if (canStillSucceed(run.status)) return true;
  const mayBeUnused = isRecorded
    ? replaced.reusableIf === "runningOrGood"
    : endedRuns === "any" || startedAfter(run, replaced);
  return mayBeUnused && isGood(run.status) && isFresh(run.startedAt);
}
