import { orUndefinedWhenMissing } from "../apify/errors";
import { unreadRun } from "./runRecord";
import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { Run } from "../apify/schemas/run";
import type { RunRecord } from "./runRecord";

/** How to read a run. */
export interface ReadRunOptions {
  readonly client: Pick<ApifyClient, "getRun">;
  readonly clock: Clock;
  readonly runId: string;
  /** Seconds to pause before each further read of a run that is not found. If the list is empty, there is only one read. */
  readonly pauses: readonly number[];
  /** Seconds for each read with its retries. Default: the connection's `totalTimeoutSecs`. */
  readonly withinSecs?: number | undefined;
  /** Called with the reason for each pause before a read that failed is retried. */
  readonly onPause?: ((reason: string) => void) | undefined;
  /** Once it is aborted, no further read follows. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a run that should exist. Some replicas of Apify's data show a new run a little late, so the result
 * is `undefined` only if every read, after each pause, got a 404. Throws if a read fails for another reason.
 */
export async function readExistingRun(options: ReadRunOptions): Promise<Run | undefined> {
  const { client, clock, runId, pauses, withinSecs, onPause, signal } = options;
  const read = (): Promise<Run | undefined> =>
    orUndefinedWhenMissing(
      client.getRun(runId, { withinSecs, signal, ...(onPause && { onPause }) }),
    );
  let run = await read();
  for (const pause of pauses) {
    if (run !== undefined || signal?.aborted) break;
    await clock.sleep(pause * 1000, signal);
    if (!signal?.aborted) run = await read();
  }
  return run;
}

/** Pauses in seconds, one minute in all: as long as `waitForEnd` tolerates that a run is not found. */
const newRunPauses = [1, 2, 4, 8, 15, 15, 15] as const;

/** Reads a run that was just started. Never throws: if the run cannot be read, the record has only its id. */
export async function readNewRun(options: Omit<ReadRunOptions, "pauses">): Promise<RunRecord> {
  try {
    return (
      (await readExistingRun({ ...options, pauses: newRunPauses })) ?? unreadRun(options.runId)
    );
  } catch {
    return unreadRun(options.runId);
  }
}
