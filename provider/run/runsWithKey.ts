import { readWhenThere } from "./readRun";
import { carriesRunKey } from "./runKey";
import type { ApifyClient } from "../apify/client";
import type { RunShort } from "../apify/schemas/run";
import type { FindRunsOptions } from "./findRuns";

/** A task may have thousands of runs, and Apify allows 60 reads a second. */
const readsAtOnce = 10;

/** Pauses in seconds before a run that is listed but not found counts as deleted. */
const pauses = [1, 2, 4, 8] as const;

/**
 * Where runs come from that were not started over the API, as ours are (or by an Actor, when the
 * program runs in one), so that they carry no run key. Any other origin may be ours.
 * Source: https://docs.apify.com/platform/actors/running/runs-and-builds#origin
 */
const foreignOrigins = new Set<unknown>([
  "DEVELOPMENT",
  "WEB",
  "SCHEDULER",
  "TEST",
  "WEBHOOK",
  "CLI",
  "STANDBY",
]);

/** The `User-Agent` that each run was started with, which never changes: one read a run is enough for all looks. */
const ofAccount = new WeakMap<object, Map<string, string>>();

/** What is known of the runs of a page. */
export interface Carriers {
  /** Those with the key, in the order of the page, as far as they are needed. */
  readonly carriers: readonly RunShort[];
  /** The ids of those that are listed and cannot be found. */
  readonly missing: ReadonlySet<string>;
}

/**
 * Tells which runs of a page carry the key, until they are enough together with those that were found
 * before. Lists are documented to hold the `User-Agent`, and very probably hold the origin alone: where
 * it is missing, the runs themselves are read, if they can be ours and matter, or are among so many of
 * the first. Throws when one cannot be read.
 */
export async function carriersAmong(
  options: FindRunsOptions,
  page: readonly RunShort[],
  found: readonly RunShort[],
  firstReads: number,
): Promise<Carriers> {
  const known = knownBy(options.client);
  const userAgentOf = ({ id, meta }: RunShort): string | undefined =>
    meta?.userAgent ?? (foreignOrigins.has(meta?.origin) ? "" : known.get(id));
  const first = new Set(page.slice(0, firstReads));
  const unread = new Set(
    page.filter(
      (run) => userAgentOf(run) === undefined && (options.matters(run) || first.has(run)),
    ),
  );
  const carriers: RunShort[] = [];
  const missing = new Set<string>();
  for (const group of groups(page, unread)) {
    await readUserAgents(
      options,
      group.filter((run) => unread.has(run)),
      known,
    );
    for (const run of group) {
      const userAgent = userAgentOf(run);
      if (userAgent === undefined && unread.has(run)) missing.add(run.id);
      if (carriesRunKey(userAgent, options.key)) carriers.push(run);
    }
    if (options.isEnough([...found, ...carriers])) break;
  }
  return { carriers, missing };
}

/** The runs in their order, in groups of which not too many have to be read. */
function groups(page: readonly RunShort[], unread: ReadonlySet<RunShort>): RunShort[][] {
  const all: RunShort[][] = [];
  let reads = 0;
  for (const run of page) {
    if (reads % readsAtOnce === 0 && (unread.has(run) || all.length === 0)) all.push([]);
    all.at(-1)?.push(run);
    if (unread.has(run)) reads += 1;
  }
  return all;
}

async function readUserAgents(
  { client, clock, withinSecs, signal }: FindRunsOptions,
  runs: readonly RunShort[],
  known: Map<string, string>,
): Promise<void> {
  // A failure waits for the others: nothing is to go on when the deployment believes it has ended.
  const reads = await Promise.allSettled(
    runs.map(async ({ id: runId }) => {
      const run = await readWhenThere({ client, clock, withinSecs, signal, runId, pauses });
      // A run that was not started over the API has none.
      if (run !== undefined) known.set(runId, run.meta?.userAgent ?? "");
    }),
  );
  const failure = reads.find((read) => read.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}

function knownBy(client: Pick<ApifyClient, "getRun">): Map<string, string> {
  const known = ofAccount.get(client) ?? new Map<string, string>();
  ofAccount.set(client, known);
  return known;
}
