import { RequestError } from "../errors";
import { taskSchema } from "../schemas/task";
import type { RetryOptions } from "../apiRequest";
import type { Connection } from "../connection";
import type { Task } from "../schemas/task";
import type { TaskFields } from "./tasks";

/** A task to create. Source: https://docs.apify.com/api/v2/actor-tasks-post */
export interface NewTask extends TaskFields {
  /** The Actor: its id or `username~name`. */
  readonly actId: string;
  /** Unique in the account, so that the task of a lost response can be found. */
  readonly name: string;
}

/**
 * How a create ended. Apify has no idempotency key, so "unknown" is an outcome that every caller has to
 * handle, and not an exception, which is easily forgotten.
 */
export type CreateTaskOutcome =
  | { readonly outcome: "created"; readonly task: Task }
  /** No task was created. */
  | { readonly outcome: "refused"; readonly error: RequestError }
  /** A task may have been created. */
  | { readonly outcome: "unknown"; readonly error: RequestError };

/** The endpoint that creates tasks. */
export interface CreateTaskEndpoint {
  /** Creates a task. The request is repeated only after a failure which proves that Apify did not process it. */
  createTask(task: NewTask, limits?: RetryOptions): Promise<CreateTaskOutcome>;
}

/** The endpoint that creates tasks, over this connection. */
export function createTaskEndpoint(connection: Connection): CreateTaskEndpoint {
  return {
    createTask: async (task, limits = {}) => {
      try {
        const created = await connection.data(
          {
            ...limits,
            method: "POST",
            repeatable: "ifNotProcessed",
            path: "/v2/actor-tasks",
            body: JSON.stringify(task),
            connection: "fresh",
          },
          taskSchema,
        );
        return { outcome: "created", task: created };
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        return { outcome: error.effect === "none" ? "refused" : "unknown", error };
      }
    },
  };
}
