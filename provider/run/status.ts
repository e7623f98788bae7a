/**
 * The statuses after which nothing more happens by itself. Every other one, also one that Apify
 * introduces later, means "not finished yet".
 * Source: https://docs.apify.com/platform/actors/running/runs-and-builds#lifecycle
 */
const terminalStatuses: readonly string[] = ["SUCCEEDED", "FAILED", "TIMED-OUT", "ABORTED"];

/** The statuses of a run that is being stopped, and so can deliver nothing any more. */
const stoppingStatuses: readonly string[] = ["TIMING-OUT", "ABORTING"];

/** The statuses, as far as Apify documents them, of runs that have not ended. */
export const liveStatuses: readonly string[] = ["READY", "RUNNING", ...stoppingStatuses];

/** Whether a run with this status has ended. */
export function hasEnded(status: string): boolean {
  return terminalStatuses.includes(status);
}

/** Whether a run with this status may still deliver what was asked for. */
export function isPromising(status: string): boolean {
  return !hasEnded(status) && !stoppingStatuses.includes(status);
}

/** The statuses of runs that delivered what was asked for, unless it is said otherwise. */
const defaultAccepted: readonly string[] = ["SUCCEEDED"];

/** Whether a run with this status has ended and delivered what was asked for. */
export function isAccepted(status: string, accepted = defaultAccepted): boolean {
  return hasEnded(status) && accepted.includes(status);
}

/** Whether this package knows the status; one it does not know is waited on, and said. */
export function isKnownStatus(status: string): boolean {
  return hasEnded(status) || liveStatuses.includes(status);
}
