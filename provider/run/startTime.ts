import { parseMillis } from "../apify/clock";
import type { RunShort } from "../apify/schemas/run";

type Started = Pick<RunShort, "startedAt"> | undefined;

/** The start of a run, by Apify's clock in epoch milliseconds; `undefined` if it is not known. */
export function startMillis(run: Started): number | undefined {
  return parseMillis(run?.startedAt);
}

/** Whether a run certainly started after another. False if either time is not known. */
export function startedAfter(run: Started, other: Started): boolean {
  // A comparison with NaN is always false.
  return (startMillis(run) ?? NaN) > (startMillis(other) ?? NaN);
}

/** Whether a run may have started after another. True if either time is not known. */
export function mayHaveStartedAfter(run: Started, other: Started): boolean {
  const [start, otherStart] = [startMillis(run), startMillis(other)];
  return start === undefined || otherStart === undefined || start > otherStart;
}

/** Whether a run may have started at this time or later, in epoch milliseconds. True if its start is not known. */
export function mayHaveStartedSince(run: Started, sinceMillis: number): boolean {
  const start = startMillis(run);
  return start === undefined || start >= sinceMillis;
}
