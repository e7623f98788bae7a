import { datasetConsoleUrl, datasetItemsUrl, runConsoleUrl } from "../apify/urls";
import { hasEnded } from "../run/status";
import type { Run } from "../apify/schemas/run";
import type { Args } from "./args";
import type { Account } from "./context";
import type { Tracked } from "./tracked";

/** Addresses that belong to a run. None holds a token. */
export interface Links {
  /** The run in Apify Console. */
  readonly console: string;
  /** Its default dataset in Apify Console. */
  readonly datasetConsole: string;
  /** The items of its default dataset in the API. */
  readonly datasetItems: string;
}

/** The arguments as `check` hands them on. */
export type Inputs = Args & Tracked;

/** What is stored of a TaskRun: the arguments it was run with, and the run. */
export type TaskRunState = Inputs & {
  readonly run: Run;
  readonly links: Links;
  /** Whether Apify no longer knows the run; everything else is then as it was last seen. */
  readonly expired: boolean;
};

/** The state after the run was seen. */
export function recordState(args: Inputs, run: Run, account: Account): TaskRunState {
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

/** Whether the run was still going when it was last seen, and may still be found. */
export function isAlive(state: TaskRunState): boolean {
  return !state.expired && !hasEnded(state.run.status);
}

/** The address of whoever deployed is nobody else's business. */
function withoutClientIp(run: Run): Run {
  return run.meta ? { ...run, meta: { ...run.meta, clientIp: undefined } } : run;
}
