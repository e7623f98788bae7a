import { message } from "../apify/message";
import { carriersAmong } from "./runsWithKey";
import { hasEnded, liveStatuses } from "./status";
import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { Message } from "../apify/message";
import type { RunList, RunShort } from "../apify/schemas/run";

/** What a look needs. */
export interface FindRunsOptions {
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
  /** Whether a run would matter if it had the key: where a list does not tell, only such are read. */
  readonly matters: (run: RunShort) => boolean;
  /** How many of the newest runs are read even if they do not matter, so that it can be told of them. Default: 0. */
  readonly newestReads?: number;
  /** Whether these, the newest that have the key, are all that is wanted. */
  readonly isEnough: (runs: readonly RunShort[]) => boolean;
  /** Seconds for each request with its repetitions. Default: the connection's own. */
  readonly withinSecs?: number | undefined;
  /** Called with the reason for each pause before Apify is asked for a list again. */
  readonly onPause?: ((reason: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What was seen. */
export interface FoundRuns {
  /** The runs with the key, the newest first: as many as are enough, or all that matter. */
  readonly runs: readonly RunShort[];
  /** The ids of all runs that were listed, but for those that were listed and could not be found. */
  readonly seen: ReadonlySet<string>;
  /** A run that matters, is listed and cannot be read: nobody can say whether it has the key. */
  readonly unreadable: string | undefined;
  /**
   * How far back all runs were seen, in epoch milliseconds by the times that Apify gives them: ended
   * ones that started earlier may be missing.
   */
  readonly completeSinceMillis: number;
}

/** The list of runs does not go back as far as it would have to, so nobody can say that a run is not there. */
export class IncompleteListError extends Error {
  override readonly name = "IncompleteListError";
  override readonly message: Message;

  constructor(text: Message) {
    super(text);
    this.message = text;
  }
}

/** A task that has run less often than this is known after one request. */
const firstPageItems = 100;
/** The most that Apify gives in one page. */
const pageItems = 1000;
/** After so many pages a look is given up: the first one, and 100,000 runs. */
const mostPages = 101;

/**
 * Looks for the runs of a task that carry a run key, from the newest one back. Throws when Apify
 * cannot be asked, and an `IncompleteListError` when its lists do not go back far enough.
 */
export async function findRuns(options: FindRunsOptions): Promise<FoundRuns> {
  const { sinceMillis } = options;
  const found = new Map<string, RunShort>();
  const seen = new Set<string>();
  let unreadable: string | undefined;
  let completeSinceMillis = Infinity;
  let firstReads = options.newestReads ?? 0;
  const take = async ({ items }: RunList): Promise<"enough" | "notEnough"> => {
    const before = [...found.values()];
    const { carriers, missing } = await carriersAmong(options, items, before, firstReads);
    firstReads = Math.max(firstReads - items.length, 0);
    for (const { id } of items) if (!missing.has(id)) seen.add(id);
    unreadable ??= items.find((run) => missing.has(run.id) && options.matters(run))?.id;
    for (const run of carriers) found.set(run.id, run);
    return options.isEnough([...found.values()]) ? "enough" : "notEnough";
  };
  const look = (): FoundRuns => ({
    runs: [...found.values()],
    seen,
    unreadable,
    completeSinceMillis,
  });

  const end = await walk(options, take, {
    goesOn: ({ items }) => {
      const starts = items.map(startMillis).filter((millis) => !Number.isNaN(millis));
      completeSinceMillis = Math.min(completeSinceMillis, ...starts);
      return startedSince(items.at(-1), sinceMillis);
    },
  });
  if (end === "enough") return look();
  if (end === "end") {
    completeSinceMillis = -Infinity;
    return look();
  }
  if (end !== "stopped") throw incomplete(end);
  const endOfLive = await walk(options, take, {
    statuses: liveStatuses,
    goesOn: ({ items }) => !items.some(({ status }) => hasEnded(status)),
  });
  if (endOfLive === "end" || endOfLive === "enough") return look();
  throw incomplete(endOfLive === "stopped" ? "repeats" : endOfLive);
}

/** Why the pages of a list were not read on. */
type WalkEnd = "end" | "enough" | "stopped" | "repeats" | "tooMany";

/** Which runs to list, and whether a page is followed by another one that matters. */
interface Walk {
  readonly statuses?: readonly string[];
  readonly goesOn: (page: RunList) => boolean;
}

/** Reads a list page by page. A full page means that there may be more, since the total may lag behind. */
async function walk(
  { client, actorTaskId, withinSecs, onPause, signal }: FindRunsOptions,
  take: (page: RunList) => Promise<"enough" | "notEnough">,
  { statuses, goesOn }: Walk,
): Promise<WalkEnd> {
  const listed = new Set<string>();
  let offset = 0;
  for (let pages = 0; pages < mostPages; pages++) {
    const limit = pages === 0 && statuses === undefined ? firstPageItems : pageItems;
    const page = await client.listTaskRuns(actorTaskId, {
      limit,
      withinSecs,
      onPause,
      signal,
      ...(offset === 0 ? {} : { offset }),
      ...(statuses === undefined ? {} : { statuses }),
    });
    const { items, total } = page;
    if ((await take(page)) === "enough") return "enough";
    offset += items.length;
    const mayBeMore = items.length >= limit || (total ?? 0) > offset;
    if (items.length === 0 || !mayBeMore) return "end";
    if (!goesOn(page)) return "stopped";
    const before = listed.size;
    for (const { id } of items) listed.add(id);
    if (listed.size === before) return "repeats";
  }
  return "tooMany";
}

function incomplete(why: "repeats" | "tooMany"): IncompleteListError {
  return new IncompleteListError(
    why === "repeats"
      ? message`The list of the task's runs gives the same page again and again, so the older ones cannot be seen. Check what is between this machine and Apify: it ignores offset or status.`
      : message`The task has had more than 100,000 runs that would have to be looked through. If the run is among them, take it over with adoptRunId. Otherwise leave out idempotencyKey, or take another task.`,
  );
}

/** Why it cannot be told whether a run is there. */
export function unreadableRun(id: string): Message {
  return message`Run ${id} of the task is listed, and Apify answers that it does not exist, so it cannot be told whose it is. Wait a minute and run \`pulumi up\` again.`;
}

/** Whether a run may be one to take over: it is live, or started since then. */
export function isWanted(run: RunShort, sinceMillis: number): boolean {
  return !hasEnded(run.status) || startedSince(run, sinceMillis);
}

function startedSince(run: RunShort | undefined, sinceMillis: number): boolean {
  // One whose start is not told may be new.
  return !(startMillis(run) < sinceMillis);
}

/** When a run started, in epoch milliseconds; NaN, which is neither earlier nor later than anything, when that is not known. */
export function startMillis(run: Pick<RunShort, "startedAt"> | undefined): number {
  return Date.parse(run?.startedAt ?? "");
}
