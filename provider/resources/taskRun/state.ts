import { datasetConsoleUrl, datasetItemsUrl, runConsoleUrl } from "../../apify/urls";
import { hasEnded } from "../../run/status";
import type { RunRecord } from "../../run/runRecord";
import type { Links } from "../../apify/types/links";
import type { Account } from "../account";
import type { Args } from "./argumentTable";

/** What `check` adds to the arguments, so that a preview shows the change: `0.1.3 => 0.1.4`. */
export interface Tracked {
  /** With `trackBuild`: the number of the build that a start would run now. */
  readonly trackedBuild?: string | undefined;
  /** With `trackTask`: a fingerprint of the saved task. */
  readonly trackedTask?: string | undefined;
}

/** The arguments as `check` returns them. */
export type CheckedArgs = Args & Tracked;

/** The arguments as they are recorded with the run that was started or taken over for them. */
export type RecordedArgs = CheckedArgs & {
  /**
   * When the run was requested, by the clock of the deploying machine, ISO 8601. Recorded only if that
   * clock was ahead of Apify's: the run would seem to have started before it was due.
   */
  readonly askedAt?: string;
  /**
   * With `trackBuild`: the number of the build that the run was started with. The run's own number
   * changes, even to a build of another Actor, when the run metamorphs or is resurrected.
   */
  readonly startedBuild?: string;
};

/** What is recorded of a TaskRun: its arguments and its run. */
export type TaskRunState = RecordedArgs & {
  readonly run: RunRecord;
  readonly links: Links;
  /** Whether Apify no longer has the run; the rest then stays as it was last read. */
  readonly expired: boolean;
};

/** A state without the links, which can be made from the rest. */
export type StateWithoutLinks = Omit<TaskRunState, "links">;

/** The state after the run was read. */
export function recordState(args: RecordedArgs, run: RunRecord, account: Account): TaskRunState {
  return {
    ...args,
    run: withoutClientIp(run),
    links: linksOf(run, account),
    expired: false,
  };
}

/** Links to the run and its data. */
export function linksOf(
  run: RunRecord,
  { consoleUrl, baseUrl }: Pick<Account, "baseUrl" | "consoleUrl">,
): Links {
  const console = runConsoleUrl(consoleUrl, run);
  const { defaultDatasetId } = run;
  if (defaultDatasetId === undefined) return { console };
  return {
    console,
    datasetConsole: datasetConsoleUrl(consoleUrl, run, defaultDatasetId),
    datasetItems: datasetItemsUrl(baseUrl, defaultDatasetId),
  };
}

/** Whether a resource with these arguments waits for its run. */
export function waitsForRun({ waitSecs }: Args): boolean {
  return waitSecs !== 0;
}

/** The time from which the age of the run's data counts, ISO 8601; `undefined` if it is not known. */
export function ageStart({ run, askedAt }: StateWithoutLinks): string | undefined {
  const { startedAt } = run;
  return isLater(askedAt, startedAt) ? askedAt : startedAt;
}

/** Whether a time is later than another, both ISO 8601; false unless both are known. */
export function isLater(time: string | undefined, other: string | undefined): boolean {
  if (time === undefined || other === undefined) return false;
  return Date.parse(time) > Date.parse(other);
}

/** Whether the run had not ended when it was last read, and Apify may still have it. */
export function isAlive(state: StateWithoutLinks): boolean {
  return !state.expired && !hasEnded(state.run.status);
}

/**
 * The number of the build that the run was started with; `undefined` if it is not known. The number in
 * the run itself counts unless the run went on with another build.
 */
export function ownBuild({
  run,
  startedBuild,
  trackedBuild,
}: StateWithoutLinks): string | undefined {
  return (
    startedBuild ?? (keptItsBuild(run) ? (run.buildNumber ?? undefined) : undefined) ?? trackedBuild
  );
}

/** Whether the run certainly still has the build that it was started with. */
export function keptItsBuild({ metamorphs, stats }: RunRecord): boolean {
  return (metamorphs?.length ?? 0) === 0 && !stats?.metamorph && !stats?.resurrectCount;
}

/** The IP address of whoever deployed stays private. */
function withoutClientIp(run: RunRecord): RunRecord {
  return run.meta ? { ...run, meta: { ...run.meta, clientIp: undefined } } : run;
}
