import { orUndefinedWhenMissing } from "../apify/errors";
import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { Run } from "../apify/schemas/run";

/** What such a read needs. */
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
