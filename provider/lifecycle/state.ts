import { datasetConsoleUrl, datasetItemsUrl, runConsoleUrl } from "../apify/urls";
import { hasEnded } from "../run/status";
import type { Run } from "../apify/schemas/run";
import type { Links } from "../apify/types/links";
import type { Args } from "./args";
import type { Account } from "./context";
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
};

/** What is stored of a TaskRun: the arguments it was run with, and the run. */
export type TaskRunState = Asked & {
  readonly run: Run;
  readonly links: Links;
  /** Whether Apify no longer knows the run; everything else is then as it was last seen. */
  readonly expired: boolean;
};

/** The state after the run was seen. */
export function recordState(args: Asked, run: Run, account: Account): TaskRunState {
  return {
    ...args,
    run: withoutClientIp(run),
    links: {
      console: runConsoleUrl(account.consoleUrl, run),
      datasetConsole: datasetConsoleUrl(account.consoleUrl, run.defaultDatasetId),
      datasetItems: datasetItemsUrl(account.baseUrl, run.defaultDatasetId),
    },
    expired: false,
  };
}

/** When the run started, as its age counts: ISO 8601. */
export function startOf({ run, askedAt = "" }: Pick<TaskRunState, "run" | "askedAt">): string {
  return Date.parse(askedAt) > Date.parse(run.startedAt) ? askedAt : run.startedAt;
}

/** Whether the run was still going when it was last seen, and may still be found. */
export function isAlive(state: TaskRunState): boolean {
  return !state.expired && !hasEnded(state.run.status);
}

/** The address of whoever deployed is nobody else's business. */
function withoutClientIp(run: Run): Run {
  return run.meta ? { ...run, meta: { ...run.meta, clientIp: undefined } } : run;
}
