import { textAt } from "./json";
import type { Data } from "./json";

/** The statuses of runs that have ended. Source: https://docs.apify.com/platform/actors/running/runs-and-builds#lifecycle */
const ended: readonly string[] = ["SUCCEEDED", "FAILED", "TIMED-OUT", "ABORTED"];

/** The statuses of runs that have not. */
export const liveStatuses: readonly string[] = ["READY", "RUNNING", "TIMING-OUT", "ABORTING"];

/** Whether a run has ended. */
export function isEnded(run: Data): boolean {
  return ended.includes(textAt(run, "status"));
}

/** Whether a run has not ended, and has a status that is documented. */
export function isLive(run: Data): boolean {
  return liveStatuses.includes(textAt(run, "status"));
}
