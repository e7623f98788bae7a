import assert from "node:assert/strict";
import { unaccountedRuns } from "./runOrigins";
import { runCommands, deploy } from "./deploy";
import { applyEdit } from "./edits";
import { clearFaults } from "./events";
import { counts, expectNoChange } from "./invariants";
import { resourceNames, stackNames } from "./model";
import type { Model, StackName } from "./model";

/** Runs end by themselves within a minute, and what failed once may have to be refreshed first. */
const mostRounds = 4;

/**
 * I2: when nothing goes wrong any more, each stack can be brought to a good end, and then every run
 * is in a state, was in one, or was named to the user.
 */
export async function settle(model: Model): Promise<void> {
  const { world } = model;
  clearFaults(model);
  await world.time.advance(model.listLagMillis + 1_000);
  for (const stack of stackNames) await bringToAGoodEnd(model, stack);
  const lost = unaccountedRuns(model);
  counts.lostRuns += lost.length;
  assert.deepEqual(lost, [], "lost runs");
  for (const stack of stackNames) await runCommands(model, [{ stack, operation: "destroy" }]);
}

async function bringToAGoodEnd(model: Model, stack: StackName): Promise<void> {
  for (let round = 1; ; round++) {
    const meanwhile = { afterMillis: 2_000, status: "SUCCEEDED" };
    const [finished] = await deploy(model, [{ stack }], meanwhile);
    assert.ok(finished !== undefined);
    const failed = Object.keys(finished.ending.errors);
    if (failed.length === 0) {
      await expectNoChange(model, finished);
      return;
    }
    assert.ok(
      round < mostRounds,
      `no good end: ${JSON.stringify(messages(finished.ending.errors))}`,
    );
    // What its error asks for when the run to adopt is of no use.
    for (const name of resourceNames) {
      if (failed.includes(name)) {
        applyEdit(model, stack, { what: "noAdoptRunId", of: name });
      }
    }
    await model.world.time.advance(model.listLagMillis + 1_000);
    await runCommands(model, [{ stack, operation: "refresh" }]);
  }
}

function messages(errors: Readonly<Record<string, Error>>): readonly string[] {
  return Object.values(errors).map(({ message }) => message);
}
