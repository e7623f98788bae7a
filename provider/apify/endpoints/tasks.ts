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

/** The endpoints of tasks, Actors and the account of the token. */
export interface TaskEndpoints {
  getTask(actorTaskId: string, limits?: RetryOptions): Promise<Task>;
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
