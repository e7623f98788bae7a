import { carriesRunKey } from "./runKey";
import { hasEnded, liveStatuses } from "./status";
import { readUserAgents } from "./userAgents";
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
  /** Called with the reason for each pause before Apify is asked for a list again. */
  readonly onPause?: ((reason: string) => void) | undefined;
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

/** Looks for the runs of a task that carry a run key. Throws when Apify cannot be asked. */
export async function lookForRuns(options: LookOptions): Promise<Look> {
  const { client, actorTaskId, sinceMillis, withinSecs, onPause, signal } = options;
  const list = (limit: number, rest: { offset?: number; statuses?: readonly string[] }) =>
    client.listTaskRuns(actorTaskId, { limit, withinSecs, onPause, signal, ...rest });

  const first = await list(firstPageItems, {});
  const listed = [...first.items];
  let page: RunList = first;
  let seen = page.items.length;
  while (isFull(page) && reachesBackTo(page, sinceMillis)) {
    page = await list(pageItems, { offset: seen });
    listed.push(...page.items);
    seen += page.items.length;
  }
  const completeSinceMillis = isFull(page) ? startMillis(page.items.at(-1)) : -Infinity;
  if (isFull(page)) listed.push(...(await list(pageItems, { statuses: liveStatuses })).items);

  const runs = distinct(listed);
  const newest = new Set(runs.slice(0, newestReads));
  const toRead = runs.filter(
    (run) =>
      typeof run.meta?.userAgent !== "string" && (isWanted(run, sinceMillis) || newest.has(run)),
  );
  const { clock } = options;
  const read = await readUserAgents(
    { client, clock, withinSecs, signal },
    toRead.map(({ id }) => id),
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

function startedSince(run: RunShort, sinceMillis: number): boolean {
  // One whose start is not told may be new.
  return !(startMillis(run) < sinceMillis);
}

/** When a run started, in epoch milliseconds; NaN, which is neither earlier nor later than anything, when that is not known. */
export function startMillis(run: Pick<RunShort, "startedAt"> | undefined): number {
  return Date.parse(run?.startedAt ?? "");
}

function distinct(runs: readonly RunShort[]): RunShort[] {
  return [...new Map(runs.map((run) => [run.id, run])).values()];
}
