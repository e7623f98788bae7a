import assert from "node:assert/strict";
import { keyOf } from "../world";
import { intentOf, resourceNames, stackNames } from "./model";
import type { Run } from "../../../../emulator";
import type { Model, ResourceName, StackName } from "./model";

/**
 * Notes whose the runs are that came up since the last time. The number of the process tells the
 * stack, the input tells the resource: nothing that the provider derives is believed.
 */
export function noteOrigins(model: Model, processes: ReadonlyMap<number, StackName>): void {
  const { emulator } = model.world;
  for (const run of emulator.runs()) {
    if (model.origins.has(run.id)) continue;
    const number = /process-(\d+) /.exec(run.meta.userAgent ?? "")?.[1];
    const stack = processes.get(Number(number));
    const input = emulator.record(run.defaultKeyValueStoreId, "INPUT") as Record<string, unknown>;
    const resource = resourceNames.find((name) => name === input.resource);
    assert.ok(stack !== undefined && resource !== undefined, `run ${run.id} is nobody's`);
    const { args } = model.resources[stack][resource];
    assert.deepEqual(input, args.input, `run ${run.id} has the input that was given`);
    assert.equal(run.options.build, args.build ?? "latest", `run ${run.id} has the build`);
    model.origins.set(run.id, { stack, resource, intent: intentOf(args) });
  }
}

/** Notes which runs the states have by now. */
export function noteRecorded(model: Model): void {
  for (const stack of stackNames) {
    for (const name of resourceNames) {
      const resource = model.resources[stack][name];
      const runId = model.stacks[stack].state.get(name)?.outputs.run.id;
      if (runId === resource.recorded?.runId) continue;
      resource.recorded =
        runId === undefined ? undefined : { runId, intent: intentOf(resource.args) };
    }
  }
}

/**
 * The runs that no state has or had, and of which nobody was told, neither by their id nor by the
 * key that finds them.
 */
export function unaccountedRuns({ world }: Pick<Model, "world">): readonly Run[] {
  const { emulator, recorded, shown } = world;
  return emulator.runs().filter((run) => {
    if (recorded.has(run.id)) return false;
    const key = keyOf(run) ?? run.id;
    return !shown.some((text) => text.includes(run.id) || text.includes(key));
  });
}

/**
 * Whether a kill left a run that only the next `up` of the same program can take over. An `up` for
 * something else does not look for it.
 */
export function owesTakeOver(model: Model, stack: StackName, resource: ResourceName): boolean {
  return unaccountedRuns(model).some(({ id }) => {
    const origin = model.origins.get(id);
    return origin?.stack === stack && origin.resource === resource;
  });
}
