import { createOnce } from "../../../provider/resources/task/createOnce";
import { fakeClient } from "./taskRuns";
import { aTask, inTurn, missing, taskContext } from "./tasks";
import type { ApifyClient } from "../../../provider/apify/client";
import type { CreateTaskOutcome } from "../../../provider/apify/endpoints/createTask";
import type { Task } from "../../../provider/apify/schemas/task";
import type { NamedArgs } from "../../../provider/resources/task/createOnce";
import type { ContextOptions, TaskTestContext } from "./tasks";

/** What is declared, unless a test says otherwise. */
export const args: NamedArgs = { actorId: "actor1", name: "scrape", input: { a: 1 } };
/** The task as declared. */
export const own = aTask({ input: { a: 1 } });
/** Another task with its name. */
export const foreign = aTask({ id: "task9", input: { b: 2 } });

/** How Apify answers. */
export interface Scene {
  /** What each look for the name answers, in turn. */
  readonly looks: readonly (Task | Error)[];
  /** How each create ends, in turn. */
  readonly creates: readonly CreateTaskOutcome[];
  readonly client?: Partial<ApifyClient>;
  readonly context?: ContextOptions;
  readonly args?: NamedArgs;
}

/** What was asked for, and what came of it. */
interface Done {
  readonly context: TaskTestContext;
  readonly looks: readonly unknown[][];
  readonly creates: readonly unknown[][];
  readonly result: Promise<Task>;
}

/** Creates the task. */
export function play(scene: Scene): Done {
  const looks = inTurn<Task>(...scene.looks);
  const creates = inTurn<CreateTaskOutcome>(...scene.creates);
  const client = fakeClient({
    getTask: looks.answer,
    createTask: creates.answer,
    ...scene.client,
  });
  const context = taskContext(client, scene.context);
  const result = createOnce(context, context.account(), scene.args ?? args);
  return { context, looks: looks.calls, creates: creates.calls, result };
}

/** The looks after a loss, as many as there are at most. */
export const fiveMisses: readonly Error[] = [missing, missing, missing, missing, missing];
