import assert from "node:assert/strict";
import * as fc from "fast-check";
import { amount, chosenSeed } from "../support/figures";
import { closeWorld, describeFaults, openFaultyWorld } from "./support/describeFaults";
import { stepWith, takeStep } from "./support/consumedStack";
import type { Program, Step, ConsumedStack } from "./support/consumedStack";
import type { TaskRunState } from "../../provider/resources/taskRun/state";
import type { World } from "./support/world";

const change: fc.Arbitrary<Program> = fc.oneof(
  fc.record({ input: fc.record({ page: fc.integer({ min: 1, max: 3 }) }) }),
  fc.record({ onDelete: fc.constantFrom("abort", "keep", "purge") }),
  fc.record({ onExpired: fc.constantFrom("keep", "rerun") }),
  fc.record({ maxAgeSecs: fc.constantFrom(undefined, 3600) }),
  fc.record({ waitSecs: fc.constantFrom(undefined, 3) }),
);

/** What lets a deployment go on although there is no new data yet. */
const laxChange: fc.Arbitrary<Program> = fc.oneof(
  { weight: 3, arbitrary: change },
  { weight: 1, arbitrary: fc.record({ onFailure: fc.constantFrom("fail", "continue") }) },
  { weight: 1, arbitrary: fc.record({ waitSecs: fc.constantFrom(undefined, 0, 3) }) },
);

async function play(steps: readonly Step[], promised: Promised): Promise<void> {
  const world = await openFaultyWorld();
  try {
    await live(world, steps, promised);
  } finally {
    await closeWorld(world);
  }
}

async function live(
  world: World,
  steps: readonly Step[],
  { begin, expect }: Promised,
): Promise<void> {
  const consumed: ConsumedStack = {
    world,
    stack: world.stack(),
    program: begin,
    good: new Set(),
    expired: new Set(),
    isExpiryUnseen: false,
    lastGood: undefined,
    hasRead: false,
  };
  for (const each of steps) {
    await takeStep(consumed, each);
    expect(consumed);
  }
  // Left alone, it has good data in the end.
  await takeStep(consumed, { kind: "time", hours: 0.01 });
  await takeStep(consumed, { kind: "edit", change: { waitSecs: undefined, onFailure: undefined } });
  await takeStep(consumed, { kind: "refresh" });
  await takeStep(consumed, { kind: "up" });
  expect(consumed);
  assert.ok(stackData(consumed) !== undefined, "there is data in the end");
}

/** The run whose data the consumer reads. */
function stackData({ stack }: ConsumedStack): TaskRunState["run"] | undefined {
  return stack.stackOutputs.get("prices")?.run;
}

/** Expects that what the consumer reads is of a good run, and there unless Apify has deleted it. */
function expectGoodData(consumed: ConsumedStack): void {
  const { world, good, expired } = consumed;
  for (const { status, defaultDatasetId } of world.emulator.runs()) {
    if (status === "SUCCEEDED") good.add(defaultDatasetId);
  }
  const read = stackData(consumed);
  if (read === undefined) {
    assert.ok(!consumed.hasRead, "the data is lost");
    return;
  }
  consumed.hasRead = true;
  assert.ok(good.has(read.defaultDatasetId ?? ""), `${read.id} delivered`);
  const isThere = world.emulator.run(read.id) !== undefined;
  assert.ok(isThere || expired.has(read.id), `the data of ${read.id} is there`);
}

/** Expects that the data of the last run that is known to have delivered is there unless Apify has deleted it. */
function expectDataThere(consumed: ConsumedStack): void {
  const { world, stack, expired } = consumed;
  const { outputs, toDelete = [] } = stack.state.get("prices") ?? {};
  for (const { run } of [...toDelete, ...(outputs === undefined ? [] : [outputs])]) {
    if (world.emulator.run(run.id)?.status === "SUCCEEDED") consumed.lastGood = run.id;
  }
  const { lastGood } = consumed;
  if (lastGood === undefined) return;
  const isThere = world.emulator.run(lastGood) !== undefined;
  assert.ok(isThere || expired.has(lastGood), `the data of ${lastGood} is there`);
}

/** What holds after each step, whatever the steps are. */
interface Promised {
  readonly what: string;
  /** What the program says at first. */
  readonly begin: Program;
  readonly edit: fc.Arbitrary<Program>;
  readonly expect: (consumed: ConsumedStack) => void;
}

const promises: readonly Promised[] = [
  {
    what: "is what another stack reads, and is never lost, whatever happens",
    begin: {},
    edit: change,
    expect: expectGoodData,
  },
  {
    what: "is purged by nothing that goes on without new data",
    begin: { onDelete: "purge", onFailure: "continue" },
    edit: laxChange,
    expect: expectDataThere,
  },
];

describeFaults("the last good data", () => {
  for (const promised of promises) {
    const { what, edit } = promised;
    it(what, async () => {
      const seed = chosenSeed();
      console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
      const sequences = fc.array(stepWith(edit), { minLength: 5, maxLength: 25 });
      const property = fc.asyncProperty(sequences, (steps) => play(steps, promised));
      await fc.assert(property, { seed, numRuns: amount({ quick: 60, full: 2_000 }) });
    });
  }
});
