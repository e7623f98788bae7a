import assert from "node:assert/strict";
import { runUnderFault, theStart } from "./support/requestCases";
import {
  closeWorld,
  count,
  describeFaults,
  entryOf,
  oneTaskRun,
  openFaultyWorld,
} from "./support/describeFaults";
import { createApifyClient } from "../../provider/apify/client";
import { expectSettled, succeeds } from "./support/acceptance";
import { atSeconds } from "./support/runEvents";
import { keyOf } from "./support/world";
import type { EmulatorSettings, Fault } from "../../emulator";
import type { World } from "./support/world";

const hour = 3_600_000;
const clocks: readonly [string, Partial<EmulatorSettings>][] = [
  ["is right", {}],
  ["is an hour ahead of the runs'", { dateSkewMillis: hour }],
  ["is an hour behind the runs'", { dateSkewMillis: -hour }],
  ["is four seconds ahead of the runs'", { dateSkewMillis: 4_000 }],
  ["is years ahead of the runs'", { dateSkewMillis: 3e4 * hour }],
  ["is years behind the runs'", { dateSkewMillis: -3e4 * hour }],
  ["is not told", { dateHeader: "missing" }],
];

describeFaults("when the clock of Apify's answers", () => {
  for (const [what, settings] of clocks) {
    for (const listLagMillis of [0, 5_000, 20_000]) {
      it(`${what} and lists lag ${listLagMillis} ms, a lost start is found`, async () => {
        for (const when of ["beforeWork", "afterWork"] as const) {
          for (const kind of ["reset", "stall"] as const) {
            const fault: Fault = { kind, when };
            const { world, stack, errors } = await runUnderFault(
              theStart,
              { fault },
              { ...settings, listLagMillis },
            );
            count("faults");
            assert.deepEqual(errors, []);
            await expectSettled(world, stack, oneTaskRun, { runs: 1 });
            await closeWorld(world);
          }
        }
      });
    }
  }
});

/** Runs of the same task that others start meanwhile. */
async function othersRun({ emulator, time, token }: World, count: number): Promise<void> {
  const client = createApifyClient({
    token,
    baseUrl: emulator.url,
    userAgent: "someone/1",
    clock: time.providerClock(),
  });
  emulator.setLimits("janedoe", { maxConcurrentRuns: 1_000, maxMemoryMbytes: 10_000_000 });
  const start = { actorTaskId: "janedoe~quick", userAgentNote: "" };
  const starts = Array.from({ length: count }, () => client.startTaskRun(start));
  for (const { outcome } of await Promise.all(starts)) assert.equal(outcome, "started");
}

describeFaults("among more runs of a task than a list shows at once", () => {
  it("a lost start is found, though it ended before a hundred others began", async () => {
    const world = await openFaultyWorld({ settings: { listLagMillis: 20_000 } });
    const stack = world.stack();
    const fault: Fault = { kind: "reset", when: "afterWork" };
    world.emulator.faults.inject({ endpoint: "startRun", fault });
    world.time.emulatorClock.setTimer(5_000, () => void othersRun(world, 110));
    await succeeds(world, stack.up(oneTaskRun));
    world.emulator.changeSettings({ listLagMillis: 0 });
    await succeeds(world, stack.up(oneTaskRun));
    assert.equal(world.emulator.runs().length, 111);
    assert.equal(ours(world).length, 1);
    assert.equal(entryOf(stack)?.outputs.run.id, ours(world)[0]);
  });

  it("one that was destroyed long ago is not taken for the lost one", async () => {
    for (const dateSkewMillis of [0, -hour, hour]) {
      const world = await openFaultyWorld({ settings: { dateSkewMillis } });
      const stack = world.stack();
      await succeeds(world, stack.up(oneTaskRun));
      await succeeds(world, stack.destroy());
      await world.time.run(othersRun(world, 110));
      await world.time.advance(60_000);
      const fault: Fault = { kind: "reset", when: "beforeWork" };
      world.emulator.faults.inject({ endpoint: "startRun", fault });
      await succeeds(world, stack.up(oneTaskRun));
      assert.equal(ours(world).length, 2);
      await closeWorld(world);
    }
  });
});

/** The ids of the runs that the provider started. */
function ours({ emulator }: World): readonly string[] {
  return emulator.runs().flatMap((run) => (keyOf(run) === undefined ? [] : [run.id]));
}

describeFaults("a machine that slept", () => {
  for (const hours of [1, 10]) {
    it(`for ${hours} h while it waited finds its run, ended or not`, async () => {
      for (const runSecs of [30, 90]) {
        const world = await openFaultyWorld();
        const stack = world.stack();
        const program = { prices: { actorTaskId: "janedoe~by-hand", timeoutSecs: 0 } };
        atSeconds(world, runSecs, () => {
          for (const { id } of world.emulator.liveRuns()) world.emulator.finish(id);
        });
        // Nobody hears from the connections that were open, and Apify's clock has moved on.
        atSeconds(world, 20, () => {
          world.emulator.changeSettings({ dateSkewMillis: hours * hour });
          world.emulator.faults.inject({
            endpoint: "getRun",
            fault: { kind: "stall", when: "beforeWork" },
            times: 2,
          });
        });
        await succeeds(world, stack.up(program));
        await expectSettled(world, stack, program, { runs: 1 });
        await closeWorld(world);
      }
    });
  }
});
