import assert from "node:assert/strict";
import { passedOver } from "../acceptance";
import { doubleStarts, keyOf, lostRuns } from "../world";
import type { World } from "../world";

/** Expects that no run was started twice or lost, whatever became of the tasks. */
export function expectNoRunTwice(world: World): void {
  const runs = world.emulator.runs();
  assert.deepEqual(doubleStarts(runs), [], "double starts");
  assert.deepEqual(lostRuns(world), [], "lost runs");
  // Each intent has a key of its own; a run that ended while nobody watched is named and made again.
  const intents = new Set(runs.map(keyOf)).size;
  assert.ok(runs.length <= intents + passedOver(world).size, "one run for each intent");
}

/** Expects that every run is in a state, or was in one, or was named. */
export function expectNoRunLost(world: World): void {
  assert.deepEqual(lostRuns(world), [], "lost runs");
}
