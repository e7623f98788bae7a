import assert from "node:assert/strict";
import { faultAnswers } from "../../emulator";
import { closeWorld, describeFaults, openFaultyWorld } from "./support/describeFaults";
import { errorsOf, expectSettled, succeeds } from "./support/acceptance";
import { atSeconds, theRun } from "./support/runEvents";
import type { Args } from "../../provider/resources/taskRun/argumentTable";
import type { Endpoint, Fault } from "../../emulator";
import type { Stack } from "./support/stack";
import type { World } from "./support/world";

type Policy = NonNullable<Args["onDelete"]>;
const policies: readonly Policy[] = ["abort", "keep", "purge"];

/** What became of a run before it is deleted. */
const fates: Readonly<Record<string, (world: World) => void>> = {
  "goes on": () => undefined,
  "is being stopped": (world) => {
    world.emulator.setStatus(theRun(world), { status: "ABORTING" });
    atSeconds(world, 20, () => {
      for (const { id } of world.emulator.liveRuns()) world.emulator.finish(id);
    });
  },
  succeeded: (world) => {
    world.emulator.finish(theRun(world));
  },
  failed: (world) => {
    world.emulator.finish(theRun(world), { exitCode: 1 });
  },
  "is gone": (world) => {
    world.emulator.expireRun(theRun(world));
  },
};

/** The endpoints that a deletion may use. */
const endpointsOf: Readonly<Record<Policy, readonly Endpoint[]>> = {
  abort: ["getRun", "abortRun"],
  // It sends nothing.
  keep: ["any"],
  purge: ["getRun", "abortRun", "deleteRun", "deleteStorage"],
};
const faults: readonly (Fault | undefined)[] = [
  undefined,
  { kind: "reset", when: "beforeWork" },
  { kind: "reset", when: "afterWork" },
  { kind: "stall", when: "afterWork" },
  { kind: "cutBody" },
  faultAnswers.serverError("none"),
  faultAnswers.serverError("done"),
  faultAnswers.requestTimeout("done"),
  faultAnswers.rateLimited("3"),
];

async function withLiveRun(onDelete: Policy): Promise<{ world: World; stack: Stack }> {
  const world = await openFaultyWorld({ settings: { stopDelayMillis: 5_000 } });
  const stack = world.stack();
  const args: Args = { actorTaskId: "janedoe~by-hand", waitSecs: 0, onDelete };
  await succeeds(world, stack.up({ prices: args }));
  return { world, stack };
}

describeFaults("the deletion of a run", () => {
  for (const onDelete of policies) {
    for (const [what, happen] of Object.entries(fates)) {
      it(`with onDelete "${onDelete}" that ${what} does what was asked for, under any fault`, async () => {
        for (const endpoint of endpointsOf[onDelete]) {
          for (const fault of faults) {
            const { world, stack } = await withLiveRun(onDelete);
            happen(world);
            const id = theRun(world);
            if (fault) world.emulator.faults.inject({ endpoint, fault });
            world.emulator.clearRequests();
            await succeeds(world, stack.destroy());
            await world.time.advance(30_000);
            assert.equal(stack.state.size, 0);
            const paths = world.emulator.writes().map(({ pathname }) => pathname);
            if (onDelete === "keep") assert.deepEqual(world.emulator.requests, []);
            else assert.deepEqual(world.emulator.liveRuns(), []);
            if (onDelete === "purge") assert.equal(world.emulator.run(id), undefined);
            else if (what !== "is gone") assert.ok(world.emulator.run(id));
            if (fault === undefined) {
              assert.ok(paths.filter((path) => path.endsWith("/abort")).length <= 1);
            }
            await closeWorld(world);
          }
        }
      });
    }
  }

  it("that cannot be aborted fails, and succeeds when it is asked for again", async () => {
    for (const onDelete of ["abort", "purge"] as const) {
      const { world, stack } = await withLiveRun(onDelete);
      const fault = faultAnswers.serverError("none");
      world.emulator.faults.inject({ endpoint: "abortRun", fault, times: Infinity });
      const began = world.time.emulatorClock.now();
      assert.match((await errorsOf(world, stack.destroy())).join(), /500/);
      assert.ok(world.time.emulatorClock.now() - began <= 121_000);
      assert.equal(stack.state.size, 1);
      world.emulator.faults.clear();
      await succeeds(world, stack.destroy());
      await world.time.advance(10_000);
      assert.deepEqual([stack.state.size, world.emulator.liveRuns()], [0, []]);
      await closeWorld(world);
    }
  });
});

describeFaults("a replaced run", () => {
  for (const onDelete of policies) {
    it(`with onDelete "${onDelete}" is deleted after the new one is there, with its faults`, async () => {
      for (const endpoint of endpointsOf[onDelete]) {
        for (const fault of faults) {
          const { world, stack } = await withLiveRun(onDelete);
          const replaced = theRun(world);
          const args: Args = { actorTaskId: "janedoe~quick", onDelete };
          if (fault && onDelete !== "keep") world.emulator.faults.inject({ endpoint, fault });
          await succeeds(world, stack.up({ prices: args }));
          await world.time.advance(30_000);
          assert.equal(stack.state.get("prices")?.toDelete.length, 0);
          const isLive = world.emulator.liveRuns().some(({ id }) => id === replaced);
          assert.equal(isLive, onDelete === "keep");
          assert.equal(world.emulator.run(replaced) === undefined, onDelete === "purge");
          await closeWorld(world);
        }
      }
    });
  }

  it("is deleted by the next deployment when its deletion failed", async () => {
    const { world, stack } = await withLiveRun("abort");
    const fault = faultAnswers.htmlPage(403, "none");
    world.emulator.faults.inject({ endpoint: "abortRun", fault, times: 1 });
    const program = { prices: { actorTaskId: "janedoe~quick" } };
    assert.equal((await errorsOf(world, stack.up(program))).length, 1);
    assert.equal(world.emulator.liveRuns().length, 1);
    await succeeds(world, stack.up(program));
    await world.time.advance(10_000);
    assert.deepEqual(world.emulator.liveRuns(), []);
    await expectSettled(world, stack, program, { runs: 2 });
  });
});
