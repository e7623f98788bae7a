import { readData, readJson } from "./answers";
import { connect } from "./connection";
import { ApifyNoAnswerError, orUndefinedWhenMissing } from "./errors";
import { actorSchema } from "./schemas/actor";
import { datasetItemsSchema, datasetSchema } from "./schemas/dataset";
import { pathSegment } from "./paths";
import { readRunLog, readRunLogTail } from "./runLog";
import { runListSchema, runSchema } from "./schemas/run";
import { taskListSchema, taskSchema } from "./schemas/task";
import { userSchema } from "./schemas/user";
import { startTaskRun } from "./startTaskRun";
import type { z } from "zod";
import type { ApiRequest, ConnectionOptions } from "./connection";
import type { LogQuery } from "./runLog";
import type { Actor } from "./schemas/actor";
import type { Dataset } from "./schemas/dataset";
import type { Run, RunList } from "./schemas/run";
import type { Task, TaskList } from "./schemas/task";
import type { User } from "./schemas/user";
import type { TaskStartOptions, StartOutcome } from "./startTaskRun";
import type { DatasetItemsQuery } from "./types/datasetItemsQuery";

/** The storages that every run has one of each by default. */
export type StorageKind = "datasets" | "key-value-stores" | "request-queues";

/** How long to try, and whom to tell. */
export interface RetryOptions {
  /** Seconds for all attempts together. Default: the connection's own. */
  readonly withinSecs?: number | undefined;
  /** Called before each pause after which Apify is asked again, with the reason and for how long it is tried. */
  readonly onPause?: ((reason: string) => void) | undefined;
}

/** How to read a run. */
export interface GetRunOptions extends RetryOptions {
  /** 0…60: lets the server hold the answer back until the run has ended. Default: 0. */
  readonly waitSecs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Which of a task's runs to list. Source: https://docs.apify.com/api/v2/actor-task-runs-get */
export interface RunPageQuery extends RetryOptions {
  readonly limit: number;
  readonly offset?: number;
  /** Only runs with these statuses. Default: all. */
  readonly statuses?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** A record of a key-value store. */
export interface KeyValueRecord {
  readonly contentType: string;
  readonly text: string;
}

/**
 * The endpoints this package uses. All but `startTaskRun` are repeated until they are answered or
 * their time is used up, and then throw `ApifyError` (an error answer) or `ApifyNoAnswerError`.
 */
export interface ApifyClient {
  startTaskRun(options: TaskStartOptions): Promise<StartOutcome>;
  getRun(runId: string, options?: GetRunOptions): Promise<Run>;
  /** One page of a task's runs, the newest first. */
  listTaskRuns(actorTaskId: string, page: RunPageQuery): Promise<RunList>;
  /** Does nothing to a run that has ended. `gracefully` gives the Actor 30 s to save its state. */
  abortRun(runId: string, manner?: "gracefully" | "at once", retry?: RetryOptions): Promise<Run>;
  /** Refused by Apify while the run has not ended. */
  deleteRun(runId: string, retry?: RetryOptions): Promise<void>;
  getTask(actorTaskId: string, options?: RetryOptions): Promise<Task>;
  /** The account's own tasks, at most a thousand, the newest first. Source: https://docs.apify.com/api/v2/actor-tasks-get */
  listTasks(options?: RetryOptions): Promise<TaskList>;
  getActor(actorId: string, options?: RetryOptions): Promise<Actor>;
  /** The account of the token. */
  getUser(): Promise<User>;
  getDataset(datasetId: string): Promise<Dataset>;
  getDatasetItems(
    datasetId: string,
    query?: DatasetItemsQuery,
    retry?: RetryOptions,
  ): Promise<unknown[]>;
  /** `undefined` when the store has no such record. A store that is not there is an error. */
  getRecord(
    storeId: string,
    key: string,
    retry?: RetryOptions,
  ): Promise<KeyValueRecord | undefined>;
  deleteStorage(kind: StorageKind, id: string, retry?: RetryOptions): Promise<void>;
  /** Reads the log of a run line by line; none of it is kept. */
  readRunLog(runId: string, query: LogQuery): Promise<void>;
  /** The last lines of a run's log, blank ones and time stamps left out. */
  getRunLogTail(runId: string, lines: number): Promise<readonly string[]>;
}

/** Items and records can be large. */
const largeAnswerBytes = 256 * 1024 * 1024;

/** The API of one account. */
export function createApifyClient(options: ConnectionOptions): ApifyClient {
  const connection = connect(options);

  async function data<S extends z.ZodType>(request: ApiRequest, schema: S): Promise<z.infer<S>> {
    return readData(request, await connection.call(request), schema);
  }

  /** Reads what an endpoint of one run says about that run; what it says about another is no answer. */
  async function run(runId: string, request: ApiRequest): Promise<Run> {
    const answer = await data(request, runSchema);
    if (answer.id === runId) return answer;
    const reason = `the answer is about another run: ${answer.id}`;
    throw new ApifyNoAnswerError(request, "unreadable", reason);
  }

  return {
    startTaskRun: (start) => startTaskRun(connection, start),
    getRun: async (runId, { waitSecs, ...retry } = {}) =>
      run(runId, {
        ...retry,
        method: "GET",
        path: runPath(runId),
        query: { waitForFinish: waitSecs },
        serverWaitSecs: waitSecs,
      }),
    listTaskRuns: async (actorTaskId, page) => {
      const { limit, offset, statuses, withinSecs, onPause, signal } = page;
      const request: ApiRequest = {
        method: "GET",
        path: `/v2/actor-tasks/${pathSegment(actorTaskId)}/runs`,
        query: { desc: 1, limit, offset, status: statuses?.join(",") },
        withinSecs,
        onPause,
        signal,
      };
      return data(request, runListSchema);
    },
    abortRun: async (runId, manner = "at once", retry = {}) =>
      run(runId, {
        ...retry,
        method: "POST",
        repeatable: "idempotent",
        path: `${runPath(runId)}/abort`,
        query: { gracefully: manner === "gracefully" ? true : undefined },
      }),
    deleteRun: async (runId, retry = {}) => {
      await connection.call({ ...retry, method: "DELETE", path: runPath(runId) });
    },
    getTask: async (actorTaskId, retry = {}) =>
      data(
        {
          ...retry,
          method: "GET",
          path: `/v2/actor-tasks/${pathSegment(actorTaskId)}`,
        },
        taskSchema,
      ),
    listTasks: (retry = {}) =>
      data(
        {
          ...retry,
          method: "GET",
          path: "/v2/actor-tasks",
          query: { desc: 1, limit: 1000 },
        },
        taskListSchema,
      ),
    getActor: async (actorId, retry = {}) =>
      data(
        {
          ...retry,
          method: "GET",
          path: `/v2/actors/${pathSegment(actorId)}`,
        },
        actorSchema,
      ),
    getUser: () => data({ method: "GET", path: "/v2/users/me" }, userSchema),
    getDataset: async (datasetId) =>
      data({ method: "GET", path: `/v2/datasets/${pathSegment(datasetId)}` }, datasetSchema),
    getDatasetItems: async (datasetId, query = {}, retry = {}) => {
      const request: ApiRequest = {
        ...retry,
        method: "GET",
        path: `/v2/datasets/${pathSegment(datasetId)}/items`,
        query: {
          format: "json",
          ...query,
          fields: query.fields?.join(","),
          omit: query.omit?.join(","),
          unwind: query.unwind?.join(","),
        },
        maxResponseBytes: largeAnswerBytes,
      };
      return readJson(request, await connection.call(request), datasetItemsSchema);
    },
    getRecord: async (storeId, key, retry = {}) => {
      const store = `/v2/key-value-stores/${pathSegment(storeId)}`;
      const path = `${store}/records/${pathSegment(key)}`;
      const answer = await orUndefinedWhenMissing(
        connection.call({
          ...retry,
          method: "GET",
          path,
          maxResponseBytes: largeAnswerBytes,
        }),
      );
      if (answer === undefined) {
        // Apify answers the same for a record that is missing and for a whole store.
        await connection.call({ ...retry, method: "GET", path: store });
        return undefined;
      }
      return { contentType: answer.headers["content-type"] ?? "", text: answer.text };
    },
    deleteStorage: async (kind, id, retry = {}) => {
      const path = `/v2/${kind}/${pathSegment(id)}`;
      await connection.call({ ...retry, method: "DELETE", path });
    },
    readRunLog: (runId, query) => readRunLog(connection, runId, query),
    getRunLogTail: (runId, lines) => readRunLogTail(connection, runId, lines),
  };
}

function runPath(runId: string): string {
  return `/v2/actor-runs/${pathSegment(runId)}`;
}
