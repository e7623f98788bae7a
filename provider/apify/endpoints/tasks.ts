import { pathSegment } from "../pathSegment";
import { taskPath } from "./paths";
import { actorSchema } from "../schemas/actor";
import { runListSchema } from "../schemas/run";
import { taskListSchema, taskSchema } from "../schemas/task";
import { userSchema } from "../schemas/user";
import type { RetryOptions } from "../apiRequest";
import type { Connection } from "../connection";
import type { Actor } from "../schemas/actor";
import type { RunList } from "../schemas/run";
import type { Task, TaskList } from "../schemas/task";
import type { User } from "../schemas/user";

/** Which of a task's runs to list. Source: https://docs.apify.com/api/v2/actor-task-runs-get */
export interface RunPageQuery extends RetryOptions {
  readonly limit: number;
  readonly offset?: number;
  /** Only runs with these statuses. Default: all. */
  readonly statuses?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * The fields of a task that a request sets. A field that is `undefined` stays as it is; null resets it.
 * Source: https://docs.apify.com/api/v2/actor-task-put. It does not list `description`, which Apify's own client sends.
 */
export interface TaskFields {
  readonly name?: string | undefined;
  readonly title?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly input?: Readonly<Record<string, unknown>> | null | undefined;
  readonly options?: Readonly<Record<string, unknown>> | null | undefined;
  readonly actorStandby?: Readonly<Record<string, unknown>> | null | undefined;
}

/** The endpoints of tasks, Actors and the account of the token. */
export interface TaskEndpoints {
  getTask(actorTaskId: string, limits?: RetryOptions): Promise<Task>;
  /** Changes these fields of a task. */
  updateTask(taskId: string, fields: TaskFields, limits?: RetryOptions): Promise<Task>;
  /** Deletes a task. Its runs stay. */
  deleteTask(taskId: string, limits?: RetryOptions): Promise<void>;
  /** The account's own tasks, newest first, up to a thousand. Source: https://docs.apify.com/api/v2/actor-tasks-get */
  listTasks(limits?: RetryOptions): Promise<TaskList>;
  /** One page of a task's runs, newest first. */
  listTaskRuns(actorTaskId: string, page: RunPageQuery): Promise<RunList>;
  getActor(actorId: string, limits?: RetryOptions): Promise<Actor>;
  /** The account of the token. */
  getUser(): Promise<User>;
}

/** The endpoints of tasks, over this connection. */
export function taskEndpoints(connection: Connection): TaskEndpoints {
  return {
    getTask: async (actorTaskId, limits = {}) =>
      connection.data({ ...limits, method: "GET", path: taskPath(actorTaskId) }, taskSchema),
    updateTask: async (taskId, fields, limits = {}) =>
      connection.data(
        { ...limits, method: "PUT", path: taskPath(taskId), body: JSON.stringify(fields) },
        taskSchema,
      ),
    deleteTask: async (taskId, limits = {}) => {
      await connection.call({ ...limits, method: "DELETE", path: taskPath(taskId) });
    },
    listTasks: (limits = {}) =>
      connection.data(
        { ...limits, method: "GET", path: "/v2/actor-tasks", query: { desc: 1, limit: 1000 } },
        taskListSchema,
      ),
    listTaskRuns: async (actorTaskId, { limit, offset, statuses, ...limits }) =>
      connection.data(
        {
          ...limits,
          method: "GET",
          path: `${taskPath(actorTaskId)}/runs`,
          query: { desc: 1, limit, offset, status: statuses?.join(",") },
        },
        runListSchema,
      ),
    getActor: async (actorId, limits = {}) =>
      connection.data(
        { ...limits, method: "GET", path: `/v2/actors/${pathSegment(actorId)}` },
        actorSchema,
      ),
    getUser: () => connection.data({ method: "GET", path: "/v2/users/me" }, userSchema),
  };
}
