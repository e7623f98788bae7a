import { readWhenThere } from "./readWhenThere";
import type { ApifyClient } from "../apify/client";
import type { ReadOptions } from "./readWhenThere";

/** A task may have thousands of runs, and Apify allows 60 reads a second. */
const readsAtOnce = 10;

/** Pauses in seconds before a run that is listed but not found counts as deleted. */
const pauses = [1, 2, 4, 8] as const;

/** The `User-Agent` that each run was started with, which never changes: one read a run is enough for all looks. */
const ofAccount = new WeakMap<object, Map<string, string>>();

/** Reads with which `User-Agent` these runs were started, and gives all that are known. Throws when one cannot be read. */
export async function readUserAgents(
  options: Omit<ReadOptions, "runId" | "pauses">,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const known = knownBy(options.client);
  const missing = runIds.filter((id) => !known.has(id));
  for (let begin = 0; begin < missing.length; begin += readsAtOnce) {
    // A failure waits for the others: nothing is to go on when the deployment believes it has ended.
    const reads = await Promise.allSettled(
      missing.slice(begin, begin + readsAtOnce).map(async (runId) => {
        const run = await readWhenThere({ ...options, runId, pauses });
        // A run that was not started over the API has none.
        if (run !== undefined) known.set(runId, run.meta?.userAgent ?? "");
      }),
    );
    const failure = reads.find((read) => read.status === "rejected");
    if (failure !== undefined) throw failure.reason;
  }
  return known;
}

function knownBy(client: Pick<ApifyClient, "getRun">): Map<string, string> {
  const known = ofAccount.get(client) ?? new Map<string, string>();
  ofAccount.set(client, known);
  return known;
}
