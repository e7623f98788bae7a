import assert from "node:assert/strict";
import { doubleStarts } from "../../world";
import { untilEnded } from "../../model/trouble";
import { saysDeleted } from "../taskScenes";
import { adoptedBy } from "../taskAcceptance";
import { isOfProvider } from "../console";
import { applyEdit, isPossible } from "./edits";
import { isFaulty, owesTakeOver, programOf } from "./model";
import type { AsyncCommand } from "fast-check";
import type { Injection } from "../../../../../emulator";
import type { TaskFields } from "../../../../../provider/apify/endpoints/tasks";
import type { Trouble } from "../../model/trouble";
import type { Edit } from "./edits";
import type { StackName, TaskModel } from "./model";

/** Something that happens. Its text is the call that makes it. */
export type TaskStep = AsyncCommand<TaskModel, TaskModel>;

/** How many steps were made. */
export const made = { steps: 0 };

function step(
  [name, ...args]: readonly [string, ...unknown[]],
  act: (model: TaskModel) => Promise<void> | void,
  check: (model: Readonly<TaskModel>) => boolean = () => true,
): TaskStep {
  return {
    toString: () =>
      `${name}(${args.map((arg) => (arg === undefined ? "undefined" : JSON.stringify(arg))).join(", ")})`,
    check,
    run: async (model) => {
      made.steps += 1;
      await model.world.time.advance(1_000);
      await act(model);
    },
  };
}

/** What a command of a stack came to. */
export interface Finished {
  readonly errors: readonly string[];
  readonly course: "undisturbed" | "disturbed";
}

/** Runs a command of a stack, and checks what must hold after each one. */
export async function runCommand(
  model: TaskModel,
  stack: StackName,
  operation: "up" | "refresh" | "destroy",
  trouble?: Trouble,
): Promise<Finished> {
  const { world, watch, stacks } = model;
  const faulty = isFaulty(model);
  const program = programOf(model, stack);
  const runsBefore = world.emulator.runs().length;
  const command = operation === "up" ? stacks[stack].up(program) : stacks[stack][operation]();
  const ending = await world.time.run(untilEnded(world, command, trouble));
  await world.time.advance(0);
  await watch.afterCommand(stacks[stack], adoptedBy(program));
  assert.deepEqual(doubleStarts(world.emulator.runs()), [], "double starts");
  const started = world.emulator.runs().length - runsBefore;
  assert.ok(started <= (operation === "up" ? 1 : 0), `${operation} started ${started} runs`);
  assert.equal(world.emulator.held(), 0, `requests after ${operation}`);
  if (ending.how === "ended")
    assert.equal(command.process.timers(), 0, `timers after ${operation}`);
  const texts = [...world.shown, JSON.stringify([...stacks[stack].state])];
  assert.deepEqual(
    texts.filter((text) => text.includes(world.token)),
    [],
    "texts with the token",
  );
  return {
    errors: Object.values(ending.errors).map(({ message }) => message),
    course: faulty || trouble !== undefined ? "disturbed" : "undisturbed",
  };
}

/** `pulumi up`, after a change of the program. One that was good leaves nothing to do. */
export function up(stack: StackName, edit?: Edit, trouble?: Trouble): TaskStep {
  return step(
    ["up", stack, edit, trouble],
    async (model) => {
      if (edit !== undefined) applyEdit(model, stack, edit);
      const { errors, course } = await runCommand(model, stack, "up", trouble);
      if (course === "undisturbed" && errors.length === 0) await expectNoChange(model, stack);
    },
    (model) => isPossible(model, edit),
  );
}

/** Expects that another `up` sends no write. */
export async function expectNoChange(model: TaskModel, stack: StackName): Promise<void> {
  const { emulator } = model.world;
  const writes = emulator.writes().length;
  assert.deepEqual((await runCommand(model, stack, "up")).errors, [], "a second up");
  assert.equal(emulator.writes().length, writes, "a second up asks for no change");
}

/** `pulumi refresh`. */
export function refresh(stack: StackName): TaskStep {
  return step(
    ["refresh", stack],
    async (model) => {
      const { errors, course } = await runCommand(model, stack, "refresh");
      if (course === "undisturbed") assert.deepEqual(errors, []);
    },
    (model) => !owesTakeOver(model),
  );
}

/** `pulumi destroy`. */
export function destroy(stack: StackName, trouble?: Trouble): TaskStep {
  return step(
    ["destroy", stack, trouble],
    async (model) => {
      const { errors, course } = await runCommand(model, stack, "destroy", trouble);
      if (course === "disturbed") return;
      assert.deepEqual(errors, []);
      assert.equal(model.stacks[stack].state.size, 0);
    },
    (model) => !owesTakeOver(model),
  );
}

/** Somebody creates a task in the console, unless its name is taken. */
export function somebodyCreates(name: string): TaskStep {
  return step(
    ["somebodyCreates", name],
    async ({ watch }) => {
      await watch.console.create(name);
      await watch.afterConsole();
    },
    ({ watch }) => !watch.tasks().some((task) => task.name === name),
  );
}

/** Somebody edits the n-th task in the console. */
export function somebodyEdits(n: number, fields: TaskFields): TaskStep {
  return step(
    ["somebodyEdits", n, fields],
    async ({ watch }) => {
      const { id } = nth(watch.tasks(), n);
      await watch.console.edit(id, fields);
      await watch.afterConsole();
    },
    (model) =>
      model.watch.tasks().length > 0 &&
      !model.watch.tasks().some(({ name }) => name === fields.name) &&
      !owesTakeOver(model),
  );
}

/** Somebody deletes the n-th task in the console. */
export function somebodyDeletes(n: number): TaskStep {
  return step(
    ["somebodyDeletes", n],
    async ({ watch }) => {
      await watch.console.delete(nth(watch.tasks(), n).id);
      await watch.afterConsole();
    },
    (model) => model.watch.tasks().length > 0 && !owesTakeOver(model),
  );
}

/** Something begins to go wrong with requests of the provider. */
export function faultOccurs(injection: Injection & { readonly times: number }): TaskStep {
  return step(["faultOccurs", injection], ({ world, faults }) => {
    const injected = world.emulator.faults.inject({
      ...injection,
      when: (each) =>
        isOfProvider(each) && !(each.method === "DELETE" && saysDeleted(injection.fault)),
    });
    faults.push({ left: () => injection.times - injected.hits });
  });
}

/** Nothing goes wrong any more. */
export function faultsPass(): TaskStep {
  return step(["faultsPass"], clearFaults, isFaulty);
}

/** Takes all faults out. */
export function clearFaults({ world, faults }: TaskModel): void {
  world.emulator.faults.clear();
  faults.length = 0;
}

function nth<T>(all: readonly T[], n: number): T {
  return all[n % all.length] ?? assert.fail("There is none.");
}
