import assert from "node:assert/strict";
import { runUnderFault, theStart } from "./support/requestCases";
import {
  closeWorld,
  count,
  describeFaults,
  oneTaskRun,
  openFaultyWorld,
} from "./support/describeFaults";
import { errorsOf, expectSettled, succeeds } from "./support/acceptance";
import { deliverLate } from "./support/networkFaults";
import { quickRunMillis } from "./support/world";
import type { EmulatorSettings, Fault, FaultAnswer } from "../../emulator";

const lostAnswer: Fault = { kind: "reset", when: "afterWork" };
const cutAnswer: Fault = { kind: "cutBody", bytes: 0 };
const noSuchRun: FaultAnswer = {
  kind: "answer",
  work: "none",
  status: 404,
  type: "record-not-found",
  message: "Run was not found",
};

describeFaults("a copy of Apify's data that lags", () => {
  for (const readLagReads of [1, 2, 3, 4, 5, 6, 7]) {
    it(`hides a new run from ${readLagReads} reads: they are repeated`, async () => {
      for (const start of [undefined, cutAnswer, lostAnswer]) {
        for (const listedMeta of ["full", "origin"] as const) {
          const settings = { readLagReads, listedMeta };
          const world = await openFaultyWorld({ settings });
          const stack = world.stack();
          count("faults", readLagReads);
          if (start) world.emulator.faults.inject({ endpoint: "startRun", fault: start });
          await succeeds(world, stack.up(oneTaskRun));
          await expectSettled(world, stack, oneTaskRun, { runs: 1 });
          await closeWorld(world);
        }
      }
    });
  }

  const lags = [500, 1_500, 5_000, 12_000, 20_000, 29_000, 44_000, 59_000];
  for (const listLagMillis of lags) {
    it(`shows a new run in lists ${listLagMillis} ms late: one whose start was lost is found`, async () => {
      const others: readonly Partial<EmulatorSettings>[] = [
        {},
        { listedMeta: "origin" },
        { readLagReads: 2 },
        { listedMeta: "origin", readLagReads: 3 },
      ];
      for (const other of others) {
        for (const fault of [lostAnswer, { kind: "stall", when: "afterWork" } as const]) {
          const settings = { ...other, listLagMillis };
          const { world, stack, errors, millis } = await runUnderFault(
            theStart,
            { fault },
            settings,
          );
          count("faults");
          assert.deepEqual(errors, []);
          assert.ok(millis <= 120_000, `${millis} ms`);
          await expectSettled(world, stack, oneTaskRun, { runs: 1 });
          await closeWorld(world);
        }
      }
    });
  }

  it("hides the run before a rerun as well, and the two are not mixed up", async () => {
    for (const listLagMillis of lags) {
      const world = await openFaultyWorld({ settings: { listLagMillis } });
      const stack = world.stack();
      const rerun = { prices: { actorTaskId: "janedoe~quick", triggers: [2] } };
      await succeeds(world, stack.up(oneTaskRun));
      world.emulator.faults.inject({ endpoint: "startRun", fault: lostAnswer });
      await succeeds(world, stack.up(rerun));
      await expectSettled(world, stack, rerun, { runs: 2 });
      await closeWorld(world);
    }
  });
});

describeFaults("a start that arrives after it was given up", () => {
  for (const lateMillis of [1, 3_500, 10_000, 25_000, 45_000, 58_000]) {
    it(`${lateMillis} ms late is found, and not repeated`, async () => {
      for (const listedMeta of ["full", "origin"] as const) {
        const world = await openFaultyWorld({ settings: { listedMeta } });
        const stack = world.stack();
        deliverLate(world, lateMillis);
        await succeeds(world, stack.up(oneTaskRun));
        await expectSettled(world, stack, oneTaskRun, { runs: 1 });
        await closeWorld(world);
      }
    });
  }
});

describeFaults("a run that cannot be found for long", () => {
  for (const [how, start] of [
    ["was answered", undefined],
    ["was cut", cutAnswer],
    ["was lost", lostAnswer],
  ] as const) {
    it(`after a start that ${how} is named and kept, and the next deployment waits for it`, async () => {
      const world = await openFaultyWorld({ settings: { listedMeta: "full" } });
      const stack = world.stack();
      const { faults } = world.emulator;
      if (start) faults.inject({ endpoint: "startRun", fault: start });
      faults.inject({ endpoint: "getRun", fault: noSuchRun, times: Infinity });
      const began = world.time.emulatorClock.now();
      const errors = await errorsOf(world, stack.up(oneTaskRun));
      const millis = world.time.emulatorClock.now() - began;
      const id = world.emulator.runs()[0]?.id ?? "none";
      assert.match(errors.join(), new RegExp(`Stopped waiting for run ${id}`));
      assert.ok(millis <= 130_000, `${millis} ms`);
      assert.equal(stack.state.get("prices")?.outputs.run.id, id);
      faults.clear();
      await succeeds(world, stack.up(oneTaskRun));
      await expectSettled(world, stack, oneTaskRun, { runs: 1 });
    });
  }

  it("when lists have the origin alone, is not started again after its start was lost", async () => {
    const world = await openFaultyWorld({ settings: { listedMeta: "origin" } });
    const stack = world.stack();
    const { emulator } = world;
    const byHand = { prices: { actorTaskId: "janedoe~by-hand", waitSecs: 0 } };
    emulator.faults.inject({ endpoint: "startRun", fault: lostAnswer });
    emulator.faults.inject({ endpoint: "getRun", fault: noSuchRun, times: Infinity });
    const lost = await errorsOf(world, stack.up(byHand));
    assert.match(
      lost.join(),
      /^A run of task .* may have been started.* is in the task's list of runs, but Apify says/s,
    );
    const looked = await errorsOf(world, stack.up(byHand));
    assert.match(
      looked.join(),
      /^Nothing was started, because .* is in the task's list of runs, but Apify says/s,
    );
    emulator.faults.clear();
    await succeeds(world, stack.up(byHand));
    assert.equal(emulator.runs().length, 1);
    assert.equal(stack.state.get("prices")?.outputs.run.id, emulator.runs()[0]?.id);
  });

  it("at a refresh, and has delivered all the same, is taken over and not run again", async () => {
    const world = await openFaultyWorld();
    const stack = world.stack();
    const impatient = { prices: { actorTaskId: "janedoe~quick", waitSecs: 3 } };
    assert.equal((await errorsOf(world, stack.up(impatient))).length, 1);
    await world.time.advance(quickRunMillis);
    world.emulator.faults.inject({ endpoint: "getRun", fault: noSuchRun, times: Infinity });
    await succeeds(world, stack.refresh());
    assert.equal(stack.state.get("prices")?.outputs.expired, true);
    world.emulator.faults.clear();
    await succeeds(world, stack.up(impatient));
    await expectSettled(world, stack, impatient, { runs: 1 });
  });
});
