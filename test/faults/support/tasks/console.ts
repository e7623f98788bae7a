import { createApifyClient } from "../../../../provider/apify/client";
import type { RecordedRequest } from "../../../../emulator";
import type { TaskFields } from "../../../../provider/apify/endpoints/tasks";
import type { Task } from "../../../../provider/apify/schemas/task";
import type { World } from "../world";

/** What a person does with tasks in Apify Console. */
export interface Console {
  /** All tasks of the account, but for those that every world has. */
  tasks(): Promise<readonly Task[]>;
  create(name: string, fields?: TaskFields): Promise<Task>;
  edit(taskId: string, fields: TaskFields): Promise<void>;
  delete(taskId: string): Promise<void>;
}

const ofEveryWorld: readonly (string | null | undefined)[] = ["by-hand", "quick"];

/** Opens the console of a world. No fault meets it: see `isOfProvider`. */
export function openConsole(world: World): Console {
  const client = createApifyClient({
    token: world.token,
    baseUrl: world.emulator.url,
    userAgent: "console/1",
    clock: world.time.providerClock(),
  });
  const run = <T>(work: Promise<T>): Promise<T> => world.time.run(work);
  const readAll = async (): Promise<readonly Task[]> => {
    const { items } = await client.listTasks();
    const own = items.filter(({ name }) => !ofEveryWorld.includes(name));
    return Promise.all(own.map(({ id }) => client.getTask(id)));
  };
  return {
    tasks: () => run(readAll()),
    create: async (name, fields = {}) => {
      const task = { actId: "janedoe~quick", input: { by: "somebody" }, ...fields, name };
      const result = await run(client.createTask(task));
      if (result.outcome !== "created") throw result.error;
      return result.task;
    },
    edit: async (taskId, fields) => {
      await run(client.updateTask(taskId, fields));
    },
    delete: (taskId) => run(client.deleteTask(taskId)),
  };
}

/** Whether a request is the provider's: faults are for these. */
export function isOfProvider({ headers }: Pick<RecordedRequest, "headers">): boolean {
  return `${headers["user-agent"]}`.startsWith("pulumi-apify/");
}
