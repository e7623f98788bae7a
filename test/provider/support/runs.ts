import type { ApifyClient } from "../../../provider/apify/client";
import type { RunPageQuery } from "../../../provider/apify/endpoints/tasks";
import type { ReuseRules, ReplacedRun } from "../../../provider/run/chooseRun";
import type { Run, RunList, RunShort } from "../../../provider/apify/schemas/run";
import type {
  TaskStartOptions,
  StartOutcome,
} from "../../../provider/apify/endpoints/startTaskRun";
import type { FakeClock } from "../../support/fakeClock";

export const key = "0123456789abcdef0123456789abcdef";
/** The `User-Agent` of a run with that key. */
export const userAgent = `pulumi-apify/1.2.3 (run-key ${key})`;
/** Any time, by Apify's clock. */
export const serverMillis = Date.parse("2026-01-01T12:00:00Z");

/** Rules by which a run is good when it succeeded, and never stale. */
export const reuseRules = {
  endedRuns: "startedAfterReplaced",
  replaced: undefined,
  isGood: (status: string) => status === "SUCCEEDED",
  isFresh: () => true,
} satisfies ReuseRules;

/** A run with the key as a list shows it, as far as a test does not say otherwise. */
export function shortRun(id: string, patch: Partial<RunShort> = {}): RunShort {
  return {
    id,
    status: "RUNNING",
    startedAt: "2026-01-01T12:00:00.000Z",
    meta: { userAgent },
    ...patch,
  };
}

/** The same, started so many milliseconds after `serverMillis`. */
export function runStarted(id: string, afterMillis: number, status = "SUCCEEDED"): RunShort {
  const startedAt = new Date(serverMillis + afterMillis).toISOString();
  return shortRun(id, { status, startedAt });
}

/** What one request is answered with. */
type Answer<T> = T | Error;

interface TaskScript {
  /** What each list that begins with the newest run shows; the last goes on for ever. */
  readonly lists?: readonly Answer<readonly RunShort[]>[];
  /** How each start ends; there must not be more of them. */
  readonly starts?: readonly StartOutcome[];
  /** What reading a run finds, time after time; the last goes on for ever. */
  readonly reads?: Readonly<Record<string, readonly Answer<Run>[]>>;
  /** Called before each response with the request, in the words of `requests`. */
  readonly onRequest?: (what: string) => void;
}

/** A task whose runs are listed page by page, as Apify does it, and the requests to it. */
export interface FakeTask {
  readonly client: Pick<ApifyClient, "startTaskRun" | "listTaskRuns" | "getRun">;
  /** `list`, `list 1000 from 100`, `list 1000 of READY,RUNNING`, `read <run>` or `start`, in order. */
  readonly requests: readonly string[];
  readonly queries: readonly RunPageQuery[];
  readonly readOptions: readonly unknown[];
  readonly startOptions: readonly TaskStartOptions[];
}

/** Plays a script. What it does not provide for fails. */
export function fakeTask({ lists = [], starts = [], reads = {}, onRequest }: TaskScript): FakeTask {
  const requests: string[] = [];
  const queries: RunPageQuery[] = [];
  const readOptions: unknown[] = [];
  const startOptions: TaskStartOptions[] = [];
  const readCounts = new Map<string, number>();
  let listCount = 0;

  const ask = (what: string): void => {
    requests.push(what);
    if (requests.length > 1000) throw new Error("the code under test sends requests without end");
    onRequest?.(what);
  };

  return {
    requests,
    queries,
    readOptions,
    startOptions,
    client: {
      listTaskRuns: (taskId, query) => {
        queries.push(query);
        ask(listing(query));
        if (query.offset === undefined && query.statuses === undefined) listCount++;
        const runs = lists[Math.min(listCount, lists.length) - 1] ?? new Error("not in the script");
        return settled(taskId === "task1" ? pageOf(runs, query) : new Error("another task"));
      },
      getRun: (runId, options) => {
        readOptions.push(options);
        ask(`read ${runId}`);
        const count = readCounts.get(runId) ?? 0;
        readCounts.set(runId, count + 1);
        const answers = reads[runId] ?? [];
        return settled(answers[Math.min(count, answers.length - 1)] ?? new Error(`read ${runId}`));
      },
      startTaskRun: (options) => {
        startOptions.push(options);
        ask("start");
        return settled(starts[startOptions.length - 1] ?? new Error("a start too many"));
      },
    },
  };
}

function listing({ limit, offset, statuses }: RunPageQuery): string {
  const from = offset === undefined ? "" : ` from ${offset}`;
  const of = statuses === undefined ? "" : ` of ${statuses.join()}`;
  return limit === 100 && from === "" && of === "" ? "list" : `list ${limit}${from}${of}`;
}

function pageOf(runs: Answer<readonly RunShort[]>, query: RunPageQuery): Answer<RunList> {
  if (runs instanceof Error) return runs;
  const { limit, offset = 0, statuses } = query;
  const among = runs.filter(({ status }) => statuses?.includes(status) ?? true);
  const items = among.slice(offset, offset + limit);
  return { total: among.length, offset, limit, count: items.length, desc: true, items };
}

function settled<T>(answer: Answer<T>): Promise<T> {
  return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
}

/** Resolves when something sleeps on the clock. */
export async function untilPausing(clock: FakeClock): Promise<void> {
  for (let turn = 0; turn < 1000; turn++) {
    if (clock.pending().length > 0) return;
    await Promise.resolve();
  }
  throw new Error("nothing sleeps");
}

/** The run `old`, which is to be replaced; it ended unless told otherwise. */
export function replacedRun(startedMillis: number, more: Partial<ReplacedRun> = {}): ReplacedRun {
  const startedAt = new Date(startedMillis).toISOString();
  return { id: "old", startedAt, reusableIf: "running", ...more };
}
