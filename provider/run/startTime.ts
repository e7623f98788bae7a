import { parseMillis } from "../apify/clock";
import type { RunShort } from "../apify/schemas/run";

type Started = Pick<RunShort, "startedAt"> | undefined;

/** When a run started, by Apify's clock in epoch milliseconds; `undefined` if that is not known. */
export function startMillis(run: Started): number | undefined {
  return parseMillis(run?.startedAt);
}

/** Whether a run certainly started after another. False if either time is not known. */
export function startedAfter(run: Started, other: Started): boolean {
  const [start, otherStart] = [startMillis(run), startMillis(other)];
  return start !== undefined && otherStart !== undefined && start > otherStart;
}

/** Whether a run may have started after another. True if either time is not known. */
export function mayHaveStartedAfter(run: Started, other: Started): boolean {
  const [start, otherStart] = [startMillis(run), startMillis(other)];
  return start === undefined || otherStart === undefined || start > otherStart;
}

/** Whether a run may have started at this time, in epoch milliseconds, or later. True if its time is not known. */
export function mayHaveStartedSince(run: Started, sinceMillis: number): boolean {
  const start = startMillis(run);
  return start === undefined || start >= sinceMillis;
}
