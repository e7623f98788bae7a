import assert from "node:assert/strict";
import * as fc from "fast-check";
import { amount, chosenSeed, printFigures } from "../support/figures";
import { processOf } from "./support/describeShells";
import { openHostStack } from "./support/hostStack";
import { lost, steps, up } from "./support/model";
import { openWorld } from "./support/world";
import type { Shell } from "../support/shell";
import type { Model, ModelCounts, Step } from "./support/model";

const queries = fc.nat(1);
const broken = fc.tuple(queries, fc.constantFrom("look", "start"));

/** The steps of every stack. */
const common: readonly fc.Arbitrary<Step>[] = [
  queries.map(steps.up),
  broken.map((args) => steps.killedUp(...args)),
  fc.constant(steps.reorder()),
  fc.constant(steps.refresh()),
  fc.constant(steps.destroy()),
  fc.constantFrom("SUCCEEDED", "FAILED").map(steps.runEnds),
];

const cancelled = broken.map((args) => steps.cancelledUp(...args));
const move = fc.constant(steps.move());

/** What serves a stack, and the steps that it has beside the common ones. */
const variants: readonly {
  readonly title: string;
  readonly shell: Shell;
  readonly own: readonly fc.Arbitrary<Step>[];
  readonly quick: number;
}[] = [
  { title: processOf.dynamic, shell: "dynamic", own: [], quick: 2 },
  { title: processOf.native, shell: "native", own: [cancelled], quick: 2 },
  {
    title: `${processOf.native}, to which a stack moves and back`,
    shell: "native",
    own: [cancelled, move],
    quick: 1,
  },
];

function sequencesWith(own: readonly fc.Arbitrary<Step>[]): fc.Arbitrary<Iterable<Step>> {
  return fc.commands<Model, Model, false>([...common, ...own], {
    maxCommands: amount({ quick: 14, full: 20 }),
    size: "max",
  });
}

async function play(sequence: Iterable<Step>, shell: Shell, counts: ModelCounts): Promise<void> {
  const world = await openWorld(shell);
  counts.modelSequences += 1;
  try {
    const model: Model = {
      world,
      stack: openHostStack(world),
      counts,
      query: 0,
      keyOrder: "as written",
      recordedQuery: undefined,
    };
    await fc.asyncModelRun(() => ({ model, real: model }), sequence);
    await up(model);
    counts.lostRuns += lost(model).length;
    assert.deepEqual(lost(model), [], "lost runs");
  } finally {
    await world.close();
  }
}

for (const { title, shell, own, quick } of variants) {
  describe(`the model of the ${title}`, () => {
    const counts: ModelCounts = {
      modelSequences: 0,
      modelCommands: 0,
      hostKills: 0,
      doubleStarts: 0,
      lostRuns: 0,
    };

    after(() => {
      printFigures(`the model of the ${title}`, counts);
    });

    it("agrees with what happens, whatever is done and whenever its process is killed", async () => {
      const seed = chosenSeed();
      console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
      const numRuns = amount({ quick, full: 60 });
      const plays = fc.asyncProperty(sequencesWith(own), (sequence) =>
        play(sequence, shell, counts),
      );
      await fc.assert(plays, { seed, numRuns });
    });
  });
}
