import { readExistingRun } from "./readRun";
import { hasRunKey } from "./runKey";
import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { RunShort } from "../apify/schemas/run";

/** The key to search for, and which runs to read to find out whether they have it. */
export interface KeySearch {
  readonly client: Pick<ApifyClient, "getRun">;
  readonly clock: Clock;
  readonly key: string;
  /** The known `User-Agent`s of the account's runs. Share them between searches, so that each run is read only once. */
  readonly userAgents: UserAgents;
  /** Whether a run would matter if it had the key. If the list does not show the key, only candidates are read. */
  readonly isCandidate: (run: RunShort) => boolean;
  /** Whether the caller needs no more runs than these, the newest ones with the key. */
  readonly isEnough: (runs: readonly RunShort[]) => boolean;
  /** Seconds for each request with its retries. Default: the connection's `totalTimeoutSecs`. */
  readonly withinSecs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The `User-Agent` with which each run was started, by run id; `null` if there was none. It never changes. */
export type UserAgents = Map<string, string | null>;

/** A task may have thousands of runs, and Apify allows 60 reads a second. */
const readsAtOnce = 10;

/** Pauses in seconds before a run that is listed but not found counts as deleted. */
const pauses = [1, 2, 4, 8] as const;

/**
 * The origins of runs that were not started through the API, and so have no run key. This package's runs
 * have the origin `API`, or `ACTOR` if the program runs in an Actor. Origins not listed here may be its own.
 * Source: https://docs.apify.com/platform/actors/running/runs-and-builds#origin
 */
const originsWithoutKey = new Set<unknown>([
  "DEVELOPMENT",
  "WEB",
  "SCHEDULER",
  "TEST",
  "WEBHOOK",
  "CLI",
  "STANDBY",
]);

/** What was found in a page of runs. */
export interface KeyedPage {
  /** The runs with the key, in the order of the page; fewer than all if `isEnough` ended the search. */
  readonly withKey: readonly RunShort[];
  /** The ids of runs that are listed, but that Apify does not find. They may be deleted, or too new for a replica. */
  readonly missing: ReadonlySet<string>;
}

/**
 * Finds the runs of a page that have the key, until they and the runs in `found` are enough. According to
 * the documentation, lists contain the `User-Agent`; very probably they contain only the origin. If it is
 * missing, the run itself is read, provided that its origin allows a key and that it is a candidate or among
 * the first `newestReads`. Throws if a run cannot be read.
 */
export async function runsWithKey(
  search: KeySearch,
  page: readonly RunShort[],
  found: readonly RunShort[],
  newestReads: number,
): Promise<KeyedPage> {
  const { userAgents } = search;
  const userAgentOf = ({ id, meta }: RunShort): string | null | undefined =>
    meta?.userAgent ?? (originsWithoutKey.has(meta?.origin) ? null : userAgents.get(id));
  const newest = new Set(page.slice(0, newestReads));
  const toRead = new Set(
    page.filter(
      (run) => userAgentOf(run) === undefined && (search.isCandidate(run) || newest.has(run)),
    ),
  );
  const withKey: RunShort[] = [];
  const missing = new Set<string>();
  for (const group of groups(page, toRead)) {
    await readUserAgents(
      search,
      group.filter((run) => toRead.has(run)),
    );
    for (const run of group) {
      const userAgent = userAgentOf(run);
      if (userAgent === undefined && toRead.has(run)) missing.add(run.id);
      if (hasRunKey(userAgent, search.key)) withKey.push(run);
    }
    if (search.isEnough([...found, ...withKey])) break;
  }
  return { withKey, missing };
}

/**
 * The runs in their order, in groups with a limited number of runs to read. The first group has those before
 * the first run to read.
 */
function groups(
  page: readonly RunShort[],
  toRead: ReadonlySet<RunShort>,
): readonly (readonly RunShort[])[] {
  const begins = [...toRead]
    .filter((_run, index) => index % readsAtOnce === 0)
    .map((run) => page.indexOf(run));
  return [0, ...begins].map((begin, index, all) => page.slice(begin, all[index + 1]));
}

async function readUserAgents(
  { client, clock, userAgents, withinSecs, signal }: KeySearch,
  runs: readonly RunShort[],
): Promise<void> {
  // A failure waits for the other reads, so that no request is still under way when the deployment ends.
  const reads = await Promise.allSettled(
    runs.map(async ({ id: runId }) => {
      const run = await readExistingRun({ client, clock, withinSecs, signal, runId, pauses });
      if (run !== undefined) userAgents.set(runId, run.meta?.userAgent ?? null);
    }),
  );
  const failure = reads.find((read) => read.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}
