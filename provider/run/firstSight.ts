import { ApifyError } from "../apify/errors";
import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { Run } from "../apify/schemas/run";

/** Pauses in seconds, one minute in all: some copies of Apify's data show a new run a little late. */
const notFoundPauses = [1, 2, 4, 8, 15, 15, 15] as const;

/**
 * Reads a run of which only the id is known. When that does not succeed, the run is described by
 * what is certain: it exists, and has not been seen to end. Its id is not lost for that.
 */
export async function firstSight(
  { client, clock }: { client: Pick<ApifyClient, "getRun">; clock: Clock },
  runId: string,
  signal?: AbortSignal,
): Promise<Run> {
  for (const pause of [...notFoundPauses, undefined]) {
    try {
      return await client.getRun(runId, { signal });
    } catch (error) {
      const mayAppear = error instanceof ApifyError && error.status === 404;
      if (!mayAppear || pause === undefined || signal?.aborted) break;
      await clock.sleep(pause * 1000, signal);
    }
  }
  return unseenRun(runId);
}

function unseenRun(id: string): Run {
  return {
    id,
    status: "READY",
    actId: "",
    userId: "",
    startedAt: "",
    buildId: "",
    defaultDatasetId: "",
    defaultKeyValueStoreId: "",
    defaultRequestQueueId: "",
  };
}

/** Whether a run was read at least once, so that more than its id is known. */
export function wasSeen(run: Pick<Run, "defaultDatasetId">): boolean {
  return run.defaultDatasetId !== "";
}
