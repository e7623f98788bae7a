import { createApifyClient } from "../../../provider/apify/client";
import { systemClock } from "../../../provider/apify/clock";
import { ApifyError, ApifyNoResponseError } from "../../../provider/apify/errors";
import { createTaskLedger } from "../../../provider/resources/task/taskLedger";
import { fakeClock, startEmulator } from "../../../emulator";
import { fakeClient, testContext } from "./taskRuns";
import type { ApifyClient } from "../../../provider/apify/client";
import type { CreateTaskOutcome } from "../../../provider/apify/endpoints/createTask";
import type { RequestError } from "../../../provider/apify/errors";
import type { Task } from "../../../provider/apify/schemas/task";
import type { TaskContext } from "../../../provider/resources/task/taskContext";
import type { CheckedArgs, TaskState } from "../../../provider/resources/task/state";
import type { Emulator, Fault } from "../../../emulator";
import type { ContextOptions as RunContextOptions, TestContext } from "./taskRuns";

/** A context of a Task of which everything can be seen. */
export type TaskTestContext = Omit<TestContext, "ledger"> & TaskContext;

/** What of a context a test may decide. */
export type ContextOptions = Omit<RunContextOptions, "ledger"> &
  Partial<Pick<TaskContext, "ledger">>;

export function taskContext(
  client: ApifyClient,
  { ledger, ...more }: ContextOptions & { readonly baseUrl?: string } = {},
): TaskTestContext {
  return { ...testContext(client, more), ledger: ledger ?? createTaskLedger() };
}

/** A context that sends nothing: every call of its client would fail. */
export function quiet(more: ContextOptions = {}): TaskTestContext {
  return taskContext(fakeClient(), more);
}

/** A task as Apify gives it, as far as a test does not say otherwise. */
export function aTask(patch: Partial<Task> = {}): Task {
  return {
    id: "task1",
    userId: "user1",
    username: "janedoe",
    actId: "actor1",
    name: "scrape",
    ...patch,
  };
}

/** A stored state of that task. */
export function aState(
  args: Partial<CheckedArgs> = {},
  facts: Partial<TaskState["facts"]> = {},
): TaskState {
  return {
    args: { actorId: "actor1", name: "scrape", ...args },
    facts: { id: "task1", userId: "user1", actId: "actor1", name: "scrape", ...facts },
  };
}

const place = { method: "POST", path: "/v2/actor-tasks" };

/** An error response of Apify's. */
export function answered(status: number, type: string, text = "No."): ApifyError {
  return new ApifyError(place, status, { type, message: text, data: undefined });
}

/** A response that never came. */
export const lostResponse: RequestError = new ApifyNoResponseError(
  place,
  "noResponse",
  "read ECONNRESET",
);
export const missing = answered(404, "record-not-found");
export const taken = answered(409, "actor-task-name-not-unique");

/** Rejects with this error. */
export function failing(error: Error): () => Promise<never> {
  return () => Promise.reject(error);
}

/** Answers with the next of these each time; an error is thrown. A call too many fails. */
export function inTurn<T>(...answers: readonly (T | Error)[]): {
  readonly calls: unknown[][];
  readonly answer: (...args: unknown[]) => Promise<T>;
} {
  const calls: unknown[][] = [];
  return {
    calls,
    answer: (...args) => {
      calls.push(args);
      const next = answers[calls.length - 1];
      if (next === undefined) return Promise.reject(new Error(`call ${calls.length} is too many`));
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
  };
}

export const created = (task: Task = aTask()): CreateTaskOutcome => ({ outcome: "created", task });
export const refused = (error: RequestError): CreateTaskOutcome => ({ outcome: "refused", error });
export const unknownOutcome: CreateTaskOutcome = { outcome: "unknown", error: lostResponse };

/** An emulator with two accounts, two Actors and the task `janedoe~scrape`. */
export interface TaskApify {
  readonly emulator: Emulator;
  readonly client: ApifyClient;
  /** A client with the token of the other account. */
  readonly stranger: ApifyClient;
  context(options?: ContextOptions): TaskTestContext;
  /** Lets the next request with this method go wrong. */
  failNext(method: "POST" | "PUT" | "DELETE", fault: Fault): void;
  /** Method and path of each write. */
  writes(): readonly string[];
  close(): Promise<void>;
}

export async function startTaskApify(): Promise<TaskApify> {
  const emulator = await startEmulator({
    declaration: {
      users: [
        { username: "janedoe", token: "jane-token" },
        { username: "johndoe", token: "john-token" },
      ],
      actors: [
        { username: "janedoe", name: "by-hand", manual: true },
        { username: "janedoe", name: "other", manual: true },
      ],
      tasks: [{ username: "janedoe", name: "scrape", actor: "janedoe~by-hand" }],
    },
    clock: fakeClock(),
  });
  const clientOf = (token: string): ApifyClient =>
    createApifyClient({
      token,
      baseUrl: emulator.url,
      userAgent: "pulumi-apify/test",
      clock: systemClock,
    });
  const client = clientOf("jane-token");
  return {
    emulator,
    client,
    stranger: clientOf("john-token"),
    context: (options = {}) => taskContext(client, { ...options, baseUrl: emulator.url }),
    failNext: (method, fault) => {
      emulator.faults.inject({
        endpoint: "any",
        when: (request) => request.method === method,
        fault,
      });
    },
    writes: () => emulator.writes().map(({ method, pathname }) => `${method} ${pathname}`),
    close: () => emulator.close(),
  };
}
