import assert from "node:assert/strict";
import { runCommands, deploy } from "./deploy";
import { isPossible } from "./edits";
import { expectNoChange } from "./invariants";
import { resourceNames, stackNames } from "./model";
import { step } from "./step";
import type { Up } from "./deploy";
import type { FinishedCommand } from "./invariants";
import type { Model, StackName } from "./model";
import type { Step } from "./step";
import type { Meanwhile, Trouble } from "./trouble";

/** `pulumi up`. */
export function up(options: Up, meanwhile?: Meanwhile): Step {
  return step(
    ["up", options, meanwhile],
    async (model) => {
      for (const each of await deploy(model, [options], meanwhile)) {
        await expectNoChange(model, each);
      }
    },
    (model) => isPossible(model, options.stack, options.edit),
  );
}

/** `pulumi up` of both stacks at the same time. */
export function parallelUp(
  edit: Up["edit"],
  troubles: Readonly<Partial<Record<StackName, Trouble | undefined>>>,
  meanwhile?: Meanwhile,
): Step {
  const ups = stackNames.map((stack): Up => ({ stack, edit, trouble: troubles[stack] }));
  return step(
    ["parallelUp", edit, troubles, meanwhile],
    (model) => deploy(model, ups, meanwhile),
    (model) => ups.every(({ stack }) => isPossible(model, stack, edit)),
  );
}

/** `pulumi refresh`. */
export function refresh(stack: StackName): Step {
  return step(["refresh", stack], async (model) => {
    const [finished] = await runCommands(model, [{ stack, operation: "refresh" }]);
    if (finished !== undefined) expectAsAtApify(model, finished);
  });
}

/** I3: what the state has is as it is at Apify, or marked as gone from there. */
function expectAsAtApify(model: Model, { stack, course, ending }: FinishedCommand): void {
  const began = model.world.time.emulatorClock.now() - ending.millis;
  for (const name of resourceNames) {
    const entry = model.stacks[stack].state.get(name);
    if (entry === undefined || course === "disturbed") continue;
    const run = model.world.emulator.run(entry.outputs.run.id);
    assert.equal(entry.outputs.expired, run === undefined, `${name} is marked as gone`);
    // One that ended while the refresh waited for another was read before its end.
    if (run === undefined || Date.parse(run.finishedAt ?? "") > began) continue;
    assert.equal(entry.outputs.run.status, run.status);
  }
}

/** `pulumi destroy`. */
export function destroy(stack: StackName, trouble?: Trouble): Step {
  return step(["destroy", stack, trouble], async (model) => {
    const kept = resourceNames.filter(
      (name) => model.stacks[stack].state.get(name)?.outputs.onDelete === "keep",
    );
    const runIds = new Map(
      resourceNames.map((name) => [name, model.stacks[stack].state.get(name)?.outputs.run.id]),
    );
    const [finished] = await runCommands(model, [{ stack, operation: "destroy", trouble }]);
    if (finished === undefined || finished.course === "disturbed") return;
    assert.deepEqual(finished.ending.errors, {});
    assert.equal(model.stacks[stack].state.size, 0);
    const live = model.world.emulator.liveRuns().filter(({ status }) => status !== "ABORTING");
    for (const [name, runId] of runIds) {
      if (kept.includes(name)) continue;
      assert.ok(!live.some(({ id }) => id === runId), `the run of ${name} is stopped`);
    }
  });
}
