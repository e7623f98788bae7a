import assert from "node:assert/strict";
import { expectNoRunTwice } from "./taskRuns";
import { errorsOf } from "../acceptance";
import type { Command } from "../stack";
import type { World } from "../world";
import type { TaskProgram, TaskStack } from "./taskStack";
import type { Watch } from "./watch";

/** A stack of Tasks in a world where all tasks are watched. */
export interface Scene {
  readonly world: World;
  readonly stack: TaskStack;
  readonly watch: Watch;
}

/** The tasks that a program adopts. */
export function adoptedBy({ tasks }: TaskProgram): readonly (string | undefined)[] {
  return Object.values(tasks).map(({ adoptTaskId }) => adoptTaskId);
}

/** Waits for a command, looks at what it did, and gives its errors. */
export async function looked(
  { world, stack, watch }: Scene,
  command: Command,
  program: TaskProgram,
): Promise<readonly string[]> {
  const errors = await errorsOf(world, command);
  await watch.afterCommand(stack, adoptedBy(program));
  return errors;
}

/** An `up` that must succeed. */
export async function upSucceeds(scene: Scene, program: TaskProgram): Promise<void> {
  assert.deepEqual(await looked(scene, scene.stack.up(program), program), []);
}

const mostRounds = 4;

/**
 * Deploys until it succeeds, and does what errors ask for: a task whose create was interrupted is adopted. Gives the
 * program that succeeded.
 */
export async function deployUntilGood(
  scene: Scene,
  wanted: TaskProgram,
  advice: "is not needed" | "is followed",
): Promise<TaskProgram> {
  let program = wanted;
  for (let round = 1; ; round++) {
    const errors = await looked(scene, scene.stack.up(program), program);
    if (errors.length === 0) return program;
    assert.ok(round < mostRounds, `no good end: ${errors.join("\n")}`);
    const adopted = adopting(program, errors);
    if (adopted !== program) assert.equal(advice, "is followed", errors.join("\n"));
    program = adopted;
  }
}

/** The program with the tasks adopted that errors name. */
function adopting(program: TaskProgram, errors: readonly string[]): TaskProgram {
  const named = errors.flatMap((error) => {
    const [, name, id] = /named "([^"]+)".*`adoptTaskId: "(\w+)"`/s.exec(error) ?? [];
    return name === undefined || id === undefined ? [] : [{ name, id }];
  });
  if (named.length === 0) return program;
  const tasks = Object.entries(program.tasks).map(([resource, args]) => {
    const isOf = (name: string): boolean =>
      args.name === undefined ? name.startsWith(`${resource}-`) : args.name === name;
    const found = named.find(({ name }) => isOf(name));
    return [resource, found === undefined ? args : { ...args, adoptTaskId: found.id }];
  });
  return { ...program, tasks: Object.fromEntries(tasks) as TaskProgram["tasks"] };
}

/** Expects that nothing is to be done any more, and that the tasks are what the program declares. */
export async function expectTasksSettled(scene: Scene, program: TaskProgram): Promise<void> {
  const { world, stack, watch } = scene;
  expectDeclared(scene, program);
  watch.expectNoLeftovers([stack]);
  const recorded = recordedBy(stack);
  world.emulator.clearRequests();
  const writes = (): readonly string[] =>
    world.emulator.writes().map(({ method, path }) => `${method} ${path}`);
  await upSucceeds(scene, program);
  assert.equal(recordedBy(stack), recorded, "a second up changes nothing");
  assert.deepEqual(await looked(scene, stack.refresh(), program), []);
  assert.equal(recordedBy(stack), recorded, "a refresh changes nothing");
  assert.deepEqual(writes(), [], "neither asks for a change");
  expectNoRunTwice(world);
  await expectTasksDestroyed(scene, program);
}

/** What the state has of the tasks. The inputs may get what could not be foreseen before. */
function recordedBy({ state }: TaskStack): string {
  return JSON.stringify(
    [...state].map(([name, { current, toDelete }]) => [name, current?.outputs, toDelete]),
  );
}

/** Destroys, and expects that only what is to be kept is left. */
async function expectTasksDestroyed(scene: Scene, program: TaskProgram): Promise<void> {
  const { world, stack, watch } = scene;
  assert.deepEqual(await looked(scene, stack.destroy(), program), []);
  assert.equal(stack.state.size, 0);
  watch.expectNoLeftovers([stack]);
  assert.deepEqual(world.emulator.liveRuns(), []);
  const texts = world.shown.filter((text) => text.includes(world.token));
  assert.deepEqual(texts, [], "texts with the token");
}

/** Expects that each resource has its task, with the declared input and title. */
export function expectDeclared({ stack, watch }: Scene, { tasks }: TaskProgram): void {
  const byId = new Map(watch.tasks().map((task) => [task.id, task]));
  assert.deepEqual([...stack.state.keys()].sort(), Object.keys(tasks).sort());
  for (const [name, args] of Object.entries(tasks)) {
    const entry = stack.state.get(name);
    assert.deepEqual(entry?.toDelete, [], `${name} has nothing to delete`);
    const task = byId.get(entry.current?.outputs.facts.id ?? "");
    assert.ok(task !== undefined, `the task of ${name} is there`);
    if (args.name !== undefined) assert.equal(task.name, args.name);
    if (args.input !== undefined) assert.deepEqual(task.input, args.input);
    if (args.title !== undefined) assert.equal(task.title, args.title);
  }
}
