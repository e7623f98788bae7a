import { mayHaveStartedAfter, startedAfter } from "./startTime";
import { hasEnded, canStillSucceed } from "./status";
import type { RunShort } from "../apify/schemas/run";

/** The recorded run that a new one will replace. */
export interface ReplacedRun {
  readonly id: string;
  /** By Apify's clock, ISO 8601. */
  readonly startedAt?: string | null | undefined;
  /**
   * When this run may be used again. `running`: while it is running, because somebody resurrected it.
   * `runningOrGood`: also if it turns out to be good, because its end was never read. `never`: its build or
   * its task has changed since.
   */
  readonly reusableIf: "running" | "runningOrGood" | "never";
}

/** The rules by which a run with the key may be used instead of a new one. */
export interface ReuseRules {
  /**
   * Which good runs may be used. `any`: the user's own `idempotencyKey` shares them. `startedAfterReplaced`:
   * only those that started after `replaced`, which no deployment can have used yet.
   */
  readonly endedRuns: "any" | "startedAfterReplaced";
  /** The run to be replaced, if it is known. */
  readonly replaced: ReplacedRun | undefined;
  /** Whether an unknown run will be replaced, as with `pulumi up --replace`. Default: false. */
  readonly replacesUnknown?: boolean;
  /** Whether a run with this status is good. */
  readonly isGood: (status: string) => boolean;
  /** Whether the data of a run that started at this time, ISO 8601, is fresh enough. */
  readonly isFresh: (startedAt: string | null | undefined) => boolean;
}

/** The choice among the runs that have the key. */
export interface RunChoice {
  /** The run to use instead of a new one. */
  readonly chosen: RunShort | undefined;
  /** The newest unused run that possibly no state records: the user is told about it. */
  readonly notReused: RunShort | undefined;
}

/**
 * Chooses among the runs that have the key, newest first: a run that can still succeed, or a good and fresh
 * one that no deployment can have used yet. Only a run that started after the replaced one is certain to be
 * unused; with an `idempotencyKey` use does not matter. An older run may be the replaced one, or belong to
 * a deleted resource. Pure.
 */
export function chooseRun(runs: readonly RunShort[], rules: ReuseRules): RunChoice {
  const { replaced, replacesUnknown = false } = rules;
  const listedReplaced = runs.find(({ id }) => id === replaced?.id);
  // If the replaced run has this same key, older runs with the key have been used.
  const endedRuns = listedReplaced === undefined ? rules.endedRuns : "startedAfterReplaced";
  const chosen = runs.find((run) => isReusable(run, { ...rules, endedRuns }));
  // If the replaced run is unknown, the newest run is most likely that run.
  if (chosen !== undefined || replacesUnknown) return { chosen, notReused: undefined };
  const notReused = runs.find(
    (run) => run !== listedReplaced && hasEnded(run.status) && mayHaveStartedAfter(run, replaced),
  );
  return { chosen, notReused };
}

/** Whether the rules allow the use of a run, provided that it has the key. Pure. */
export function isReusable(run: RunShort, rules: ReuseRules): boolean {
  const { endedRuns, replaced, isGood, isFresh } = rules;
  const isReplaced = run.id === replaced?.id;
  if (isReplaced && replaced.reusableIf === "never") return false;
  if (canStillSucceed(run.status)) return true;
  const mayBeUnused = isReplaced
    ? replaced.reusableIf === "runningOrGood"
    : endedRuns === "any" || startedAfter(run, replaced);
  return mayBeUnused && isGood(run.status) && isFresh(run.startedAt);
}
