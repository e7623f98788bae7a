/**
 * The statuses of runs that have ended. Any other status, including one that Apify introduces later, means
 * "not finished yet".
 * Source: https://docs.apify.com/platform/actors/running/runs-and-builds#lifecycle
 */
const terminalStatuses: readonly string[] = ["SUCCEEDED", "FAILED", "TIMED-OUT", "ABORTED"];

/** The statuses of runs that are being stopped, and so cannot succeed any more. */
const stoppingStatuses: readonly string[] = ["TIMING-OUT", "ABORTING"];

/** The documented statuses of runs that have not ended. */
export const liveStatuses: readonly string[] = ["READY", "RUNNING", ...stoppingStatuses];

/** Whether a run with this status has ended. */
export function hasEnded(status: string): boolean {
  return terminalStatuses.includes(status);
}

/** Whether a run with this status has not ended and may still succeed. */
export function canStillSucceed(status: string): boolean {
  return !hasEnded(status) && !stoppingStatuses.includes(status);
}

/** The accepted statuses if `acceptStatuses` is not set. */
const defaultAccepted: readonly string[] = ["SUCCEEDED"];

/** Whether a run with this status is good: it has ended, with an accepted status. */
export function isAccepted(status: string, accepted = defaultAccepted): boolean {
  return hasEnded(status) && accepted.includes(status);
}

/** Whether this version knows the status. An unknown status counts as not ended. */
export function isKnownStatus(status: string): boolean {
  return hasEnded(status) || liveStatuses.includes(status);
}
