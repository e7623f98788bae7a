import assert from "node:assert/strict";
import { expectDeclared } from "../taskAcceptance";
import { expectNoRunLost } from "../taskRuns";
import { withArgument } from "./edits";
import { programOf, resourceNames, stackNames } from "./model";
import { clearFaults, expectNoChange, runCommand } from "./steps";
import type { StackName, TaskModel } from "./model";

/** A name that is taken, an Actor that does not fit and a name again may follow each other, for each resource. */
const mostRounds = 9;

/** When nothing goes wrong any more, each stack can be brought to a good end, and then every task is in a state. */
export async function settleTasks(model: TaskModel): Promise<void> {
  const { world, watch, stacks } = model;
  clearFaults(model);
  await world.time.advance(60_000);
  const all = stackNames.map((name) => stacks[name]);
  for (const stack of stackNames) {
    await bringToAGoodEnd(model, stack);
    assert.deepEqual((await runCommand(model, stack, "refresh")).errors, []);
    // What somebody edited meanwhile is put back, unless somebody else has the name by now.
    await bringToAGoodEnd(model, stack);
    await expectNoChange(model, stack);
    expectDeclared({ world, watch, stack: stacks[stack] }, programOf(model, stack));
  }
  watch.expectNoLeftovers(all);
  expectNoRunLost(world);
  for (const stack of stackNames) {
    assert.deepEqual((await runCommand(model, stack, "destroy")).errors, []);
    assert.equal(stacks[stack].state.size, 0);
  }
  watch.expectNoLeftovers(all);
}

async function bringToAGoodEnd(model: TaskModel, stack: StackName): Promise<void> {
  for (let round = 1; ; round++) {
    const { errors } = await runCommand(model, stack, "up");
    if (errors.length === 0) return;
    assert.ok(round < mostRounds, `no good end: ${errors.join("\n")}`);
    for (const error of errors) followAdvice(model, stack, error);
  }
}

/** Does what an error asks for, to the resource that it is about. */
function followAdvice(model: TaskModel, stack: StackName, error: string): void {
  for (const name of resourceNames) {
    const resource = model.resources[stack][name];
    const { args } = resource;
    const isOf = (taken: string | undefined): boolean =>
      taken !== undefined &&
      (args.name === undefined ? taken.startsWith(`${name}-`) : args.name === taken);
    const [, taken, id] = /named "([^"]+)".*`adoptTaskId: "(\w+)"`/s.exec(error) ?? [];
    const [, newName] = /was not changed: .* named "([^"]+)"/.exec(error) ?? [];
    if (isOf(taken) && id !== undefined) {
      resource.args = withArgument(args, "adoptTaskId", id);
    } else if (isOf(newName)) {
      resource.args = withArgument(args, "name", model.freshName());
    } else if (error.includes("cannot be adopted") && error.includes(args.adoptTaskId ?? "none")) {
      const free = withArgument(args, "adoptTaskId", null);
      resource.args = withArgument(free, "name", model.freshName());
    }
  }
}
