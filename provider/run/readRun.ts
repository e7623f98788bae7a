import { orUndefinedWhenMissing } from "../apify/errors";
import { unreadRun } from "./runRecord";
import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { Run } from "../apify/schemas/run";
import type { RunRecord } from "./runRecord";

/** How to read a run. */
export interface ReadOptions {
  readonly client: Pick<ApifyClient, "getRun">;
  readonly clock: Clock;
  readonly runId: string;
  /** Seconds between the reads, one after the other; with none the first answer counts. */
  readonly pauses: readonly number[];
  /** Seconds for each read with its repetitions. Default: the connection's own. */
  readonly withinSecs?: number | undefined;
  /** Called before each pause after which Apify is asked again because it did not answer. */
  readonly onPause?: ((reason: string) => void) | undefined;
  /** No other read follows when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a run that is said to be there: some copies of Apify's data show a new run a little late, so
 * a 404 counts only after the pauses. `undefined` when it still is not there then. Throws what else
 * a read may fail with.
 */
export async function readWhenThere(options: ReadOptions): Promise<Run | undefined> {
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

/** One minute in all: as long as a run may be unreadable while it is waited for. */
const newRunPauses = [1, 2, 4, 8, 15, 15, 15] as const;

/**
 * Reads a run of which only the id is known. When that does not succeed, the run is described by
 * what is certain: it exists, and has not been seen to end. Its id is not lost for that.
 */
export async function readNewRun(options: Omit<ReadOptions, "pauses">): Promise<RunRecord> {
  try {
    return (await readWhenThere({ ...options, pauses: newRunPauses })) ?? unreadRun(options.runId);
  } catch {
    return unreadRun(options.runId);
  }
}
