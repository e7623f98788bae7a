import { readData, readJson } from "./answers";
import { connect } from "./connection";
import { orUndefinedWhenMissing } from "./errors";
import { actorSchema } from "./schemas/actor";
import { datasetItemsSchema, datasetSchema } from "./schemas/dataset";
import { runListSchema, runSchema } from "./schemas/run";
import { taskSchema } from "./schemas/task";
import { userSchema } from "./schemas/user";
import { startTaskRun } from "./startTaskRun";
import type { z } from "zod";
import type { ApiAnswer, ApiRequest, ConnectionOptions } from "./connection";
import type { Actor } from "./schemas/actor";
import type { Dataset } from "./schemas/dataset";
import type { Run, RunList } from "./schemas/run";
import type { Task } from "./schemas/task";
import type { User } from "./schemas/user";
import type { StartOptions, StartOutcome } from "./startTaskRun";
import type { DatasetItemsQuery } from "./types/datasetItemsQuery";

/** The storages that every run has one of each by default. */
export type StorageKind = "datasets" | "key-value-stores" | "request-queues";

/** How long to try. */
export interface Patience {
  /** Seconds for all attempts together. Default: the connection's own. */
  readonly withinSecs?: number | undefined;
}

/** How to read a run. */
export interface GetRunOptions extends Patience {
  /** 0…60: lets the server hold the answer back until the run has ended. Default: 0. */
  readonly waitSecs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Which of a task's runs to list. Source: https://docs.apify.com/api/v2/actor-task-runs-get */
export interface RunPageQuery extends Patience {
  readonly limit: number;
  readonly offset?: number;
  /** Only runs with these statuses. Default: all. */
  readonly statuses?: readonly string[];
  /** Called with the reason for each pause before Apify is asked again. */
  readonly onPause?: ((reason: string) => void) | undefined;
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
  startTaskRun(options: StartOptions): Promise<StartOutcome>;
  getRun(runId: string, options?: GetRunOptions): Promise<Run>;
  /** One page of a task's runs, the newest first. */
  listTaskRuns(actorTaskId: string, page: RunPageQuery): Promise<RunList>;
  /** Does nothing to a run that has ended. `gracefully` gives the Actor 30 s to save its state. */
  abortRun(runId: string, manner?: "gracefully" | "at once"): Promise<Run>;
  /** Refused by Apify while the run has not ended. */
  deleteRun(runId: string): Promise<void>;
  getTask(actorTaskId: string, options?: Patience): Promise<Task>;
  getActor(actorId: string, options?: Patience): Promise<Actor>;
  /** The account of the token. */
  getUser(): Promise<User>;
  getDataset(datasetId: string): Promise<Dataset>;
  getDatasetItems(datasetId: string, query?: DatasetItemsQuery): Promise<unknown[]>;
  /** `undefined` when the store has no such record. */
  getRecord(storeId: string, key: string): Promise<KeyValueRecord | undefined>;
  deleteStorage(kind: StorageKind, id: string): Promise<void>;
  getRunLog(runId: string): Promise<string>;
}

/** Items, records and logs can be large. */
const largeAnswerBytes = 256 * 1024 * 1024;

/** The API of one account. */
export function createApifyClient(options: ConnectionOptions): ApifyClient {
  const connection = connect(options);

  /** For what is shown and recorded: an Actor has the token, and may log it or put it in its status message. */
  async function callRedacted(request: ApiRequest): Promise<ApiAnswer> {
    const answer = await connection.call(request);
    return { ...answer, text: connection.redact(answer.text) };
  }

  async function data<S extends z.ZodType>(request: ApiRequest, schema: S): Promise<z.infer<S>> {
    return readData(request, await callRedacted(request), schema);
  }

  return {
    startTaskRun: (start) => startTaskRun(connection, start),
    getRun: (runId, { waitSecs, withinSecs, signal } = {}) =>
      data(
        {
          method: "GET",
          path: `/v2/actor-runs/${encodeURIComponent(runId)}`,
          query: { waitForFinish: waitSecs },
          serverWaitSecs: waitSecs,
          withinSecs,
          signal,
        },
        runSchema,
      ),
    listTaskRuns: (actorTaskId, page) => {
      const { limit, offset, statuses, withinSecs, onPause, signal } = page;
      const request: ApiRequest = {
        method: "GET",
        path: `/v2/actor-tasks/${encodeURIComponent(actorTaskId)}/runs`,
        query: { desc: 1, limit, offset, status: statuses?.join(",") },
        withinSecs,
        onPause,
        signal,
      };
      return data(request, runListSchema);
    },
    abortRun: (runId, manner = "at once") =>
      data(
        {
          method: "POST",
          path: `/v2/actor-runs/${encodeURIComponent(runId)}/abort`,
          query: { gracefully: manner === "gracefully" ? true : undefined },
        },
        runSchema,
      ),
    deleteRun: async (runId) => {
      await connection.call({
        method: "DELETE",
        path: `/v2/actor-runs/${encodeURIComponent(runId)}`,
      });
    },
    getTask: (actorTaskId, { withinSecs } = {}) =>
      data(
        {
          method: "GET",
          path: `/v2/actor-tasks/${encodeURIComponent(actorTaskId)}`,
          withinSecs,
        },
        taskSchema,
      ),
    getActor: (actorId, { withinSecs } = {}) =>
      data(
        {
          method: "GET",
          path: `/v2/actors/${encodeURIComponent(actorId)}`,
          withinSecs,
        },
        actorSchema,
      ),
    getUser: () => data({ method: "GET", path: "/v2/users/me" }, userSchema),
    getDataset: (datasetId) =>
      data({ method: "GET", path: `/v2/datasets/${encodeURIComponent(datasetId)}` }, datasetSchema),
    getDatasetItems: async (datasetId, query = {}) => {
      const request: ApiRequest = {
        method: "GET",
        path: `/v2/datasets/${encodeURIComponent(datasetId)}/items`,
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
    getRecord: async (storeId, key) => {
      const answer = await orUndefinedWhenMissing(
        connection.call({
          method: "GET",
          path: `/v2/key-value-stores/${encodeURIComponent(storeId)}/records/${encodeURIComponent(key)}`,
          maxResponseBytes: largeAnswerBytes,
        }),
      );
      if (answer === undefined) return undefined;
      return { contentType: answer.headers["content-type"] ?? "", text: answer.text };
    },
    deleteStorage: async (kind, id) => {
      await connection.call({ method: "DELETE", path: `/v2/${kind}/${encodeURIComponent(id)}` });
    },
    getRunLog: async (runId) => {
      const answer = await callRedacted({
        method: "GET",
        path: `/v2/actor-runs/${encodeURIComponent(runId)}/log`,
        maxResponseBytes: largeAnswerBytes,
      });
      return answer.text;
    },
  };
}
