import { isLater } from "../../apify/clock";
import { hasEnded } from "../../run/status";
import { linksOf } from "./links";
import type { RunRecord } from "../../run/runRecord";
import type { Links } from "../../apify/types/links";
import type { Account } from "../account";
import type { Args } from "./argumentTable";

/** The values that `check` adds to the arguments, so that a preview shows changes at Apify: `0.1.3 => 0.1.4`. */
export interface Tracked {
  /** With `trackBuild`: the number of the build that a start would run now. */
  readonly trackedBuild?: string | undefined;
  /** With `trackTask`: a fingerprint of the saved task. */
  readonly trackedTask?: string | undefined;
}

/** The arguments as `check` returns them: declared, validated, and with the tracked values. */
export type CheckedArgs = Args & Tracked;

/** The checked arguments as they are recorded in the state, with facts about the run that was obtained for them. */
export type RecordedArgs = CheckedArgs & {
  /**
   * When the run was requested, by this machine's clock, ISO 8601. Recorded only if that clock was ahead of
   * Apify's: otherwise the run would seem to have started before it was due.
   */
  readonly askedAt?: string;
  /**
   * With `trackBuild`: the number of the build that the run was started with. The run's own number
   * changes, even to a build of another Actor, when the run metamorphs or is resurrected.
   */
  readonly startedBuild?: string;
  /** Whether the run was imported, and no operation has recorded the program's arguments since. */
  readonly isImported?: boolean;
};

/** The recorded state of a TaskRun: its arguments and its run. */
export type TaskRunState = RecordedArgs & {
  readonly run: RunRecord;
  readonly links: Links;
  /** Whether Apify no longer has the run. The other values then stay as they were last read. */
  readonly expired: boolean;
};

/** A state without the links, which are derived from the rest. */
export type StateWithoutLinks = Omit<TaskRunState, "links">;

/** Makes the state to record after the run was read. */
export function stateOf(args: RecordedArgs, run: RunRecord, account: Account): TaskRunState {
  return {
    ...args,
    run: withoutClientIp(run),
    links: linksOf(run, account),
    expired: false,
  };
}

/** Whether a resource with these arguments waits for its run. */
export function waitsForRun({ waitSecs }: Args): boolean {
  return waitSecs !== 0;
}

/** The time from which the age of the run's data is counted, ISO 8601; `undefined` if it is not known. */
export function ageStart({ run, askedAt }: StateWithoutLinks): string | undefined {
  const { startedAt } = run;
  return isLater(askedAt, startedAt) ? askedAt : startedAt;
}

/** Whether the run had not ended when it was last read, and Apify may still have it. */
export function isLive(state: StateWithoutLinks): boolean {
  return !state.expired && !hasEnded(state.run.status);
}

/** Removes the IP address of the deploying machine, which is private. */
function withoutClientIp(run: RunRecord): RunRecord {
  return run.meta ? { ...run, meta: { ...run.meta, clientIp: undefined } } : run;
}
