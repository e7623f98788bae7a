import { readWhenThere } from "./readWhenThere";
import type { Run } from "../apify/schemas/run";
import type { ReadOptions } from "./readWhenThere";

/** One minute in all: as long as a run may be unreadable while it is waited for. */
const pauses = [1, 2, 4, 8, 15, 15, 15] as const;

/**
 * Reads a run of which only the id is known. When that does not succeed, the run is described by
 * what is certain: it exists, and has not been seen to end. Its id is not lost for that.
 */
export async function firstSight(options: Omit<ReadOptions, "pauses">): Promise<Run> {
  try {
    return (await readWhenThere({ ...options, pauses })) ?? unseenRun(options.runId);
  } catch {
    return unseenRun(options.runId);
  }
}

/** A run of which only the id is certain: it exists, and has not been seen to end. */
export function unseenRun(id: string): Run {
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
