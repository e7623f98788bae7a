import { startMillis } from "./findRuns";
import { hasEnded, isPromising } from "./status";
import type { RunShort } from "../apify/schemas/run";

/** A run as far as it has to be known to tell newer runs from it. */
export interface ReplacedRun {
  readonly id: string;
  /** By Apify's clock, ISO 8601. */
  readonly startedAt?: string | null | undefined;
  /**
   * Whether it may be the wanted one after all. `over`: only if it is under way again, by a
   * resurrection. `missing`: its end was not seen, so also if it has delivered. `outdated`: never,
   * since something that it ran with has moved on.
   */
  readonly reusableIf: "running" | "runningOrGood" | "never";
}

/** What else decides whether a run with the right key is taken over. */
export interface ReuseRules {
  /** Whether the key is the user's own, so that any run that delivered for it will do. */
  readonly hasIdempotencyKey: boolean;
  /** The run that the wanted one takes the place of, if that is known. */
  readonly replaced: ReplacedRun | undefined;
  /**
   * Whether the wanted run takes the place of one that is recorded, but not known here: the user has
   * asked for another run. Default: false.
   */
  readonly replacesUnknown?: boolean;
  /** Whether a run with this status has delivered. */
  readonly isGood: (status: string) => boolean;
  /** Whether data of a run that started then, ISO 8601, is still new enough. */
  readonly isFresh: (startedAt: string) => boolean;
}

/** What to do with the runs that carry the key. */
export interface RunChoice {
  /** The run to take over instead of starting one. */
  readonly chosen: RunShort | undefined;
  /** The newest run that is not taken over although nobody may know of it. */
  readonly notReused: RunShort | undefined;
}

/**
 * Chooses among the runs that carry the key, newest first. Taken over is one that is under way, and
 * one that delivered and is not stale, if nobody can have seen it deliver: the user vouches for it
 * with a key, or it started after the run that is recorded. An older one may be what this deployment
 * is to replace, or what a `destroy` threw away. The recorded run itself is taken over when it turns out
 * to be under way, or to have delivered unseen: a copy of Apify's data that lags had said that it was gone. Pure.
 */
export function chooseRun(runs: readonly RunShort[], rules: ReuseRules): RunChoice {
  const { hasIdempotencyKey, replaced, replacesUnknown = false } = rules;
  const recordedMillis = startMillis(replaced);
  const recorded = runs.find(({ id }) => id === replaced?.id);
  // Whoever replaces a run of this very key has seen the older ones.
  const isAnyNew = hasIdempotencyKey && recorded === undefined;
  const chosen = runs.find((run) => isReusable(run, { ...rules, hasIdempotencyKey: isAnyNew }));
  // When the start of the recorded run is not known, any may be newer.
  const notReused = runs.find(
    (run) => run !== recorded && hasEnded(run.status) && !(startMillis(run) <= recordedMillis),
  );
  // The newest one is most likely the very one that the user replaces.
  if (replacesUnknown) return { chosen, notReused: undefined };
  return { chosen, notReused: chosen === undefined ? notReused : undefined };
}

/** Whether a run would be taken over if it carried the key. Pure. */
export function isReusable(run: RunShort, rules: ReuseRules): boolean {
  const { hasIdempotencyKey, replaced, isGood, isFresh } = rules;
  const isRecorded = run.id === replaced?.id;
  if (isRecorded && replaced.reusableIf === "never") return false;
  if (isPromising(run.status)) return true;
  const isUnseen = isRecorded
    ? replaced.reusableIf === "runningOrGood"
    : hasIdempotencyKey || startMillis(run) > startMillis(replaced);
  return isUnseen && isGood(run.status) && isFresh(run.startedAt ?? "");
}
