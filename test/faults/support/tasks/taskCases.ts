import assert from "node:assert/strict";
import { deployUntilGood, expectTasksSettled, looked, upSucceeds } from "./taskAcceptance";
import type { Args } from "../../../../provider/resources/task/argumentTable";
import type { Command } from "../stack";
import type { Scene } from "./taskAcceptance";
import type { TaskProgram } from "./taskStack";

/** A command that changes a task. */
export interface TaskCase {
  readonly title: string;
  /** Brings about what has to be there before, and gives the command's program. */
  prepare(scene: Scene): Promise<TaskProgram>;
  /** What the command is. Default: `up`. */
  readonly command?: "refresh" | "destroy";
  /** Whether a user has to be asked about a task whose create was interrupted: its name may be anybody's. */
  readonly advice: "is not needed" | "is followed";
}

const quick = "janedoe~quick";
const other = "janedoe~other";

const one = (args: Args, rest: Omit<TaskProgram, "tasks"> = {}): TaskProgram => ({
  tasks: { scraper: args },
  ...rest,
});

const declared: Args = {
  actorId: quick,
  title: "Prices",
  input: { page: 1 },
  options: { memoryMbytes: 512 },
};
const named: Args = { ...declared, name: "prices" };
const runs = { prices: "scraper" };

/** A case in which a program takes the place of another one. */
const change = (
  title: string,
  before: TaskProgram,
  after: TaskProgram,
  advice: TaskCase["advice"] = "is not needed",
): TaskCase => ({
  title,
  advice,
  prepare: async (scene) => {
    await upSucceeds(scene, before);
    return after;
  },
});

const idOf = ({ stack }: Scene): string =>
  stack.state.get("scraper")?.current?.outputs.facts.id ?? "";

/** Every kind of command that concerns a task. */
export const taskCases: readonly TaskCase[] = [
  {
    title: "the create of a task with a name of its own",
    advice: "is not needed",
    prepare: () => Promise.resolve(one(declared)),
  },
  {
    title: "the create of a task with the name that the program gives",
    advice: "is followed",
    prepare: () => Promise.resolve(one(named)),
  },
  {
    title: "the adoption of a task",
    advice: "is not needed",
    prepare: async ({ watch }) => {
      const { id } = await watch.console.create("somebodys");
      await watch.afterConsole();
      return one({ ...declared, adoptTaskId: id });
    },
  },
  change("a change of a task", one(declared), one({ actorId: quick, input: { page: 2 } })),
  change("a rename of a task", one(named), one({ ...named, name: "new-prices" })),
  change("a rename of the resource", one(declared), {
    tasks: { crawler: declared },
    aliases: { crawler: "scraper" },
  }),
  change("a replacement", one(declared), one({ ...declared, actorId: other })),
  change(
    "a replacement that keeps the name, with a run of the task",
    one(named, { runs }),
    one({ ...named, actorId: other }, { runs }),
    "is followed",
  ),
  {
    title: "another create of a task that is gone",
    advice: "is not needed",
    prepare: async (scene) => {
      await upSucceeds(scene, one(declared));
      await scene.watch.console.delete(idOf(scene));
      await scene.watch.afterConsole();
      return one(declared);
    },
  },
  {
    title: "a refresh after an edit",
    advice: "is not needed",
    command: "refresh",
    prepare: async (scene) => {
      await upSucceeds(scene, one(declared));
      await scene.watch.console.edit(idOf(scene), { title: "Edited", input: { page: 9 } });
      await scene.watch.afterConsole();
      return one(declared);
    },
  },
  {
    title: "the deletion of a task",
    advice: "is not needed",
    command: "destroy",
    prepare: async (scene) => {
      await upSucceeds(scene, one(declared));
      return one(declared);
    },
  },
];

/** Begins the command of a case. */
export function begin({ stack }: Scene, { command }: TaskCase, program: TaskProgram): Command {
  return command === undefined ? stack.up(program) : stack[command]();
}

/** Repeats the command of a case until it has succeeded, and expects that all is well. */
export async function expectGoodEnd(
  scene: Scene,
  taskCase: TaskCase,
  program: TaskProgram,
): Promise<void> {
  if (taskCase.command !== undefined) {
    assert.deepEqual(await looked(scene, begin(scene, taskCase, program), program), []);
  }
  const settled = await deployUntilGood(scene, program, taskCase.advice);
  await expectTasksSettled(scene, settled);
}
