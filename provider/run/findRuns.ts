import { message } from "../apify/message";
import { runsWithKey } from "./runsWithKey";
import { mayHaveStartedSince, startMillis } from "./startTime";
import { hasEnded, liveStatuses } from "./status";
import type { ApifyClient } from "../apify/client";
import type { Message } from "../apify/message";
import type { RunList, RunShort } from "../apify/schemas/run";
import type { KeySearch } from "./runsWithKey";

/** Which runs to find. */
export interface FindRunsOptions extends KeySearch {
  readonly client: Pick<ApifyClient, "listTaskRuns" | "getRun">;
  readonly actorTaskId: string;
  /**
   * Ended runs matter if they started at this time or later, by Apify's clock in epoch milliseconds. Runs
   * that have not ended always matter.
   */
  readonly sinceMillis: number;
  /** This many of the newest runs are read even if they are not candidates, so that the user can be told about them. Default: 0. */
  readonly newestReads?: number;
  /** Called with the reason for each pause before a list is requested again. */
  readonly onPause?: ((reason: string) => void) | undefined;
}

/** The runs that were found. */
export interface FoundRuns {
  /** The runs with the key, newest first: all that matter, or fewer if `isEnough` ended the search. */
  readonly runs: readonly RunShort[];
  /** The ids of all listed runs, except those that are listed but that Apify cannot find. */
  readonly listed: ReadonlySet<string>;
  /** The id of a candidate that is listed but cannot be read, so that it is not known whether it has the key. */
  readonly listedButNotFound: string | undefined;
  /**
   * All runs that started at this time or later were listed, by Apify's clock in epoch milliseconds. Ended
   * runs that started earlier may be missing.
   */
  readonly completeSinceMillis: number;
}

/** Enough for most tasks, so that they need only one request. */
const firstPageItems = 100;
/** The maximum that Apify returns in one page. */
const pageItems = 1000;
/** The search gives up after this many pages: the first one, and then 100,000 runs. */
const mostPages = 101;

/**
 * Finds the runs of a task that have a run key, newest first. Throws if Apify does not answer, or if its
 * lists do not go back far enough to prove that a run does not exist.
 */
export async function findRuns(options: FindRunsOptions): Promise<FoundRuns> {
  const { sinceMillis } = options;
  const runs = new Map<string, RunShort>();
  const listed = new Set<string>();
  let listedButNotFound: string | undefined;
  let completeSinceMillis = Infinity;
  let newestReads = options.newestReads ?? 0;
  /** Takes what matters of a page. The result is whether that is enough. */
  const take = async ({ items }: RunList): Promise<boolean> => {
    const { withKey, missing } = await runsWithKey(options, items, [...runs.values()], newestReads);
    newestReads = Math.max(newestReads - items.length, 0);
    for (const { id } of items) if (!missing.has(id)) listed.add(id);
    listedButNotFound ??= items.find((run) => missing.has(run.id) && options.isCandidate(run))?.id;
    for (const run of withKey) runs.set(run.id, run);
    return options.isEnough([...runs.values()]);
  };
  const found = (): FoundRuns => ({
    runs: [...runs.values()],
    listed,
    listedButNotFound,
    completeSinceMillis,
  });

  const end = await readPages(options, take, {
    isNextNeeded: ({ items }) => {
      const starts = items.map(startMillis).filter((millis) => millis !== undefined);
      completeSinceMillis = Math.min(completeSinceMillis, ...starts);
      return mayHaveStartedSince(items.at(-1), sinceMillis);
    },
  });
  if (end === "enough") return found();
  if (end === "end") {
    completeSinceMillis = -Infinity;
    return found();
  }
  if (end !== "notNeeded") throw new Error(incomplete[end]);
  // Runs that have not ended matter however long ago they started.
  const endOfLive = await readPages(options, take, {
    statuses: liveStatuses,
    isNextNeeded: ({ items }) => !items.some(({ status }) => hasEnded(status)),
  });
  if (endOfLive === "end" || endOfLive === "enough") return found();
  // A list that shows ended runs here ignores the status that was requested.
  throw new Error(incomplete[endOfLive === "notNeeded" ? "repeats" : endOfLive]);
}

/** Why the last page that was read is the last. */
type PagesEnd = "end" | "enough" | "notNeeded" | "repeats" | "tooMany";

/** Which runs to list, and how far. */
interface Pages {
  readonly statuses?: readonly string[];
  readonly isNextNeeded: (page: RunList) => boolean;
}

/** Reads a list page by page. A full page means that there may be another one, since the total may lag behind. */
async function readPages(
  { client, actorTaskId, withinSecs, onPause, signal }: FindRunsOptions,
  take: (page: RunList) => Promise<boolean>,
  { statuses, isNextNeeded }: Pages,
): Promise<PagesEnd> {
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
    if (await take(page)) return "enough";
    offset += items.length;
    const mayBeMore = items.length >= limit || (total ?? 0) > offset;
    if (items.length === 0 || !mayBeMore) return "end";
    if (!isNextNeeded(page)) return "notNeeded";
    const before = listed.size;
    for (const { id } of items) listed.add(id);
    if (listed.size === before) return "repeats";
  }
  return "tooMany";
}

/** Why the lists do not prove that a run does not exist. */
const incomplete: Readonly<Record<"repeats" | "tooMany", Message>> = {
  repeats: message`The list of the task's runs could not be read to its end, because the responses ignore the query parameters "offset" or "status". Check whether a proxy or a cache between this machine and Apify removes them.`,
  tooMany: message`To tell whether this run already exists, more than 100,000 runs of the task would have to be searched. If you know that it exists, set \`adoptRunId\` to its id. Otherwise omit \`idempotencyKey\`, or use another task.`,
};

/** Tells the user why it is not known whether the wanted run exists. */
export function notFoundReason(id: string): Message {
  return message`Run ${id} is in the task's list of runs, but Apify says that it does not exist, so pulumi-apify cannot check whether it belongs to this resource. Wait a minute and run \`pulumi up\` again.`;
}
