import assert from "node:assert/strict";
import { faultAnswers } from "../../emulator";
import { amount } from "../support/figures";
import { describeFaults, openFaultyWorld } from "./support/describeFaults";
import { expectRuns, expectSettled, succeeds } from "./support/acceptance";
import type { EmulatorSettings, Fault } from "../../emulator";
import type { Program } from "./support/stack";

/** Fifty TaskRuns that differ by their names alone. */
const fifty: Program = Object.fromEntries(
  Array.from({ length: 50 }, (_, index) => [
    `prices-${index}`,
    { actorTaskId: "janedoe~quick", input: { page: 1 } },
  ]),
);

const troubles: readonly [string, Fault | undefined, Partial<EmulatorSettings>][] = [
  ["all is well", undefined, {}],
  ["every start is lost", { kind: "reset", when: "afterWork" }, {}],
  ["no first start arrives", { kind: "reset", when: "beforeWork" }, {}],
  [
    "every start is lost and lists lag",
    { kind: "stall", when: "afterWork" },
    { listLagMillis: 9_000 },
  ],
  ["the lists tell the origin only", { kind: "cutBody", bytes: 0 }, { listedMeta: "origin" }],
  ["the account is full", faultAnswers.concurrentRunsExceeded(), {}],
];

describeFaults("fifty TaskRuns of one task with one input", () => {
  for (const [what, fault, settings] of troubles) {
    it(`are fifty runs when ${what}`, async () => {
      const world = await openFaultyWorld({ settings });
      const stack = world.stack();
      if (fault) world.emulator.faults.inject({ endpoint: "startRun", fault, times: 50 });
      await succeeds(world, stack.up(fifty));
      assert.equal(
        new Set([...stack.state.values()].map(({ outputs }) => outputs.run.id)).size,
        50,
      );
      await expectSettled(world, stack, fifty, { runs: 50 });
    });
  }

  for (const [what, fault, settings] of troubles.slice(1, amount({ quick: 2, full: 5 }))) {
    it(`in each of two stacks at once are a hundred runs when ${what}`, async () => {
      const world = await openFaultyWorld({ settings });
      const stacks = [world.stack("dev"), world.stack("prod")];
      if (fault) world.emulator.faults.inject({ endpoint: "startRun", fault, times: 50 });
      const both = Promise.all(stacks.map((stack) => stack.up(fifty).done));
      assert.deepEqual(await world.time.run(both), [{}, {}]);
      expectRuns(world, 100);
      for (const stack of stacks) await expectSettled(world, stack, fifty, { runs: 100 });
    });
  }

  it("with one key of the user's own are one run", async () => {
    const world = await openFaultyWorld();
    const stack = world.stack();
    const keyed = { actorTaskId: "janedoe~quick", idempotencyKey: "deploy-17" };
    await succeeds(world, stack.up({ first: keyed }));
    const program = { first: keyed, second: keyed, third: keyed };
    await succeeds(world, stack.up(program));
    await expectSettled(world, stack, program, { runs: 1 });
  });
});
