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
    return (await readWhenThere({ ...options, pauses })) ?? unreadRun(options.runId);
  } catch {
    return unreadRun(options.runId);
  }
}

/** What stands for a run that was not read yet: it is there, and has not been seen to end. */
export interface UnreadRun extends Run {
  /** No answer of Apify's has this field. */
  readonly unread: true;
}

/** A run of which only the id is known. */
export function unreadRun(id: string): UnreadRun {
  return { id, status: "READY", unread: true };
}

/** Whether a run was read at least once, so that more than its id is known. */
export function wasSeen(run: Run): boolean {
  // Version 0.1.0 filled what stands for a run with empty texts, which no run that is read has.
  return run.unread !== true && run.defaultDatasetId !== "";
}
