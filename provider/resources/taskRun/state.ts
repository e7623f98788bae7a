import { datasetConsoleUrl, datasetItemsUrl, runConsoleUrl } from "../../apify/urls";
import { hasEnded } from "../../run/status";
import type { RunRecord } from "../../run/runRecord";
import type { Links } from "../../apify/types/links";
import type { Args } from "./arguments";
import type { Account } from "../context";
import type { Tracked } from "./tracked";

/** The arguments as `check` hands them on. */
export type Inputs = Args & Tracked;

/** What the run was asked for with. */
export type Asked = Inputs & {
  /**
   * When the run was asked for, by the clock of the machine that did, ISO 8601; only where that clock
   * was ahead of Apify's, by which the run would seem to have started before it was due.
   */
  readonly askedAt?: string;
  /**
   * With `trackBuild`: the number of the build that the run was started with. The run's own number
   * becomes that of another build, even of another Actor, when it metamorphs or is resurrected.
   */
  readonly startedBuild?: string;
};

/** What is stored of a TaskRun: the arguments it was run with, and the run. */
export type TaskRunState = Asked & {
  readonly run: RunRecord;
  readonly links: Links;
  /** Whether Apify no longer knows the run; everything else is then as it was last seen. */
  readonly expired: boolean;
};

/** What is stored, without what follows from it. */
export type RecordedState = Omit<TaskRunState, "links">;

/** The state after the run was seen. */
export function recordState(args: Asked, run: RunRecord, account: Account): TaskRunState {
  return {
    ...args,
    run: withoutClientIp(run),
    links: linksOf(run, account),
    expired: false,
  };
}

/** Where to look at a run and its data. */
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

/** When the run started, as its age counts: ISO 8601; empty when that is not known. */
export function startOf({ run, askedAt = "" }: Pick<TaskRunState, "run" | "askedAt">): string {
  const { startedAt = "" } = run;
  return Date.parse(askedAt) > Date.parse(startedAt) ? askedAt : startedAt;
}

/** Whether the run was still going when it was last seen, and may still be found. */
export function isAlive(state: RecordedState): boolean {
  return !state.expired && !hasEnded(state.run.status);
}

/**
 * The number of the build that the run was started with, as far as it is known. What the run says of
 * itself counts unless it became a run of another build.
 */
export function ownBuild({ run, startedBuild, trackedBuild }: RecordedState): string | undefined {
  return (
    startedBuild ?? (keptItsBuild(run) ? (run.buildNumber ?? undefined) : undefined) ?? trackedBuild
  );
}

/** Whether a run is one of the build that it was started with, and surely so. */
export function keptItsBuild({ metamorphs, stats }: RunRecord): boolean {
  return (metamorphs?.length ?? 0) === 0 && !stats?.metamorph && !stats?.resurrectCount;
}

/** The address of whoever deployed is nobody else's business. */
function withoutClientIp(run: RunRecord): RunRecord {
  return run.meta ? { ...run, meta: { ...run.meta, clientIp: undefined } } : run;
}
