import { ApifyError } from "../apify/errors";
import { carriesRunKey } from "./runKey";
import { hasEnded, liveStatuses } from "./status";
import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { RunList, RunShort } from "../apify/schemas/run";

/** What a look needs. */
export interface LookOptions {
  readonly client: Pick<ApifyClient, "listTaskRuns" | "getRun">;
  readonly clock: Clock;
  readonly actorTaskId: string;
  /** The run key to look for. */
  readonly key: string;
  /**
   * How far back ended runs matter: those that started earlier, by Apify's clock in epoch
   * milliseconds, are not looked for. Live ones always are.
   */
  readonly sinceMillis: number;
  /** Seconds for each request with its repetitions. Default: the connection's own. */
  readonly withinSecs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What was seen. */
export interface Look {
  /** The task's runs with the key: every live one, those since `sinceMillis`, and older ones as far as they were listed. */
  readonly runs: readonly RunShort[];
  /**
   * How far back all runs were seen, in epoch milliseconds by the times that Apify gives them: ended
   * ones that started earlier may be missing.
   */
  readonly completeSinceMillis: number;
}

/** A task that has never run more often than this is known after one request. */
const firstPageItems = 100;
/** The most that Apify gives in one page. */
const pageItems = 1000;

/**
 * Lists are documented to hold the `User-Agent`, and their example does not. Where it is missing,
 * the runs themselves are read: those that may be wanted, and this many of the newest.
 */
const newestReads = 10;
/** A task may have thousands of runs, and Apify allows 60 reads a second. */
const readsAtOnce = 10;

/** Looks for the runs of a task that carry a run key. Throws when Apify cannot be asked. */
export async function lookForRuns(options: LookOptions): Promise<Look> {
  const { client, actorTaskId, sinceMillis, withinSecs, signal } = options;
  const list = (limit: number, rest: { offset?: number; statuses?: readonly string[] }) =>
    client.listTaskRuns(actorTaskId, { limit, withinSecs, signal, ...rest });

  const first = await list(firstPageItems, {});
  const listed = [...first.items];
  let page: RunList = first;
  let seen = page.items.length;
  while (isFull(page) && reachesBackTo(page, sinceMillis)) {
    page = await list(pageItems, { offset: seen });
    listed.push(...page.items);
    seen += page.items.length;
  }
  const completeSinceMillis = isFull(page) ? oldestMillis(page) : -Infinity;
  if (isFull(page)) listed.push(...(await list(pageItems, { statuses: liveStatuses })).items);

  const runs = distinct(listed);
  const unlisted = runs.filter((run) => typeof run.meta?.userAgent !== "string");
  const worthReading = new Set([
    ...runs.filter((run) => isWanted(run, sinceMillis)),
    ...runs.slice(0, newestReads),
  ]);
  const read = await readUserAgents(
    options,
    unlisted.filter((run) => worthReading.has(run)),
  );
  return {
    runs: runs.filter((run) => carriesRunKey(run.meta?.userAgent ?? read.get(run.id), options.key)),
    completeSinceMillis,
  };
}

/** Whether a run may be one to take over: it is live, or started since then. */
export function isWanted(run: RunShort, sinceMillis: number): boolean {
  return !hasEnded(run.status) || startedSince(run, sinceMillis);
}

/** Whether there are older runs than this page has. */
function isFull(page: RunList): boolean {
  return page.items.length > 0 && page.offset + page.items.length < page.total;
}

function reachesBackTo(page: RunList, sinceMillis: number): boolean {
  const oldest = page.items.at(-1);
  return oldest !== undefined && startedSince(oldest, sinceMillis);
}

function oldestMillis(page: RunList): number {
  return Date.parse(page.items.at(-1)?.startedAt ?? "");
}

function startedSince(run: RunShort, sinceMillis: number): boolean {
  // One whose start is not told may be new.
  return !(Date.parse(run.startedAt ?? "") < sinceMillis);
}

function distinct(runs: readonly RunShort[]): RunShort[] {
  return [...new Map(runs.map((run) => [run.id, run])).values()];
}

/** The `User-Agent` that each run was started with, which never changes: one read a run is enough for all looks. */
const userAgents = new WeakMap<object, Map<string, string>>();

async function readUserAgents(
  options: LookOptions,
  runs: readonly RunShort[],
): Promise<ReadonlyMap<string, string>> {
  const known = userAgents.get(options.client) ?? new Map<string, string>();
  userAgents.set(options.client, known);
  const missing = runs.filter(({ id }) => !known.has(id));
  for (let begin = 0; begin < missing.length; begin += readsAtOnce) {
    // A failure waits for the others: nothing is to go on when the deployment believes it has ended.
    const reads = await Promise.allSettled(
      missing.slice(begin, begin + readsAtOnce).map(async ({ id }) => {
        const userAgent = await readUserAgent(options, id);
        if (userAgent !== undefined) known.set(id, userAgent);
      }),
    );
    const failure = reads.find((read) => read.status === "rejected");
    if (failure !== undefined) throw failure.reason;
  }
  return known;
}

/** Pauses in seconds before a run that is listed but not found counts as deleted: some copies of Apify's data lag. */
const notFoundPauses = [1, 2, 4, 8] as const;

async function readUserAgent(
  { client, clock, withinSecs, signal }: LookOptions,
  runId: string,
): Promise<string | undefined> {
  for (let reads = 0; ; reads++) {
    try {
      // A run that was not started over the API has none.
      return (await client.getRun(runId, { withinSecs, signal })).meta?.userAgent ?? "";
    } catch (error) {
      if (!(error instanceof ApifyError) || error.status !== 404) throw error;
      const pause = notFoundPauses[reads];
      if (pause === undefined || signal?.aborted) return undefined;
      await clock.sleep(pause * 1000, signal);
    }
  }
}
