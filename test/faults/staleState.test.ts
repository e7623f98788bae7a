import { describeFaults, entryOf, openFaultyWorld } from "./support/describeFaults";
import assert from "node:assert/strict";
import { errorsOf, expectSettled, succeeds } from "./support/acceptance";
import { atSeconds, resurrect, theRun } from "./support/runEvents";
import type { Program } from "./support/stack";

/** The run goes on until the test ends it. */
const byHand: Program = { prices: { actorTaskId: "janedoe~by-hand", timeoutSecs: 0 } };

describeFaults("a run that the state takes for ended although it goes on", () => {
  it("after it failed and was resurrected is waited for, instead of a second one", async () => {
    const world = await openFaultyWorld();
    const stack = world.stack();
    const command = stack.up(byHand);
    atSeconds(world, 5, command.process.interrupt);
    await errorsOf(world, command);
    atSeconds(world, 5, () => {
      world.emulator.finish(theRun(world), { exitCode: 3 });
    });
    await errorsOf(world, stack.up(byHand));
    assert.equal(entryOf(stack)?.outputs.run.status, "FAILED");
    resurrect(world);
    atSeconds(world, 30, () => {
      for (const { id } of world.emulator.liveRuns()) world.emulator.finish(id);
    });
    await succeeds(world, stack.up(byHand));
    await expectSettled(world, stack, byHand, { runs: 1 });
  });

  it("after a refresh met a copy that did not know it yet is waited for", async () => {
    const world = await openFaultyWorld({ settings: { readLagReads: 8 } });
    const stack = world.stack();
    const command = stack.up(byHand);
    atSeconds(world, 1, command.process.interrupt);
    await errorsOf(world, command);
    await succeeds(world, stack.refresh());
    assert.equal(entryOf(stack)?.outputs.expired, true);
    atSeconds(world, 30, () => {
      for (const { id } of world.emulator.liveRuns()) world.emulator.finish(id);
    });
    await succeeds(world, stack.up(byHand));
    await expectSettled(world, stack, byHand, { runs: 1 });
  });

  it("after a destroy met a copy that did not know it yet is aborted all the same", async () => {
    const world = await openFaultyWorld({ settings: { readLagReads: 4 } });
    const stack = world.stack();
    await succeeds(world, stack.up({ prices: { actorTaskId: "janedoe~by-hand", waitSecs: 0 } }));
    await succeeds(world, stack.destroy());
    assert.deepEqual(world.emulator.liveRuns(), []);
  });
});

describeFaults("a run that goes on after it had ended", () => {
  it("is waited for again once a refresh has seen it", async () => {
    const world = await openFaultyWorld();
    const stack = world.stack();
    atSeconds(world, 30, () => {
      world.emulator.finish(theRun(world));
    });
    await succeeds(world, stack.up(byHand));
    resurrect(world);
    await succeeds(world, stack.refresh());
    assert.equal(entryOf(stack)?.outputs.run.status, "RUNNING");
    atSeconds(world, 30, () => {
      world.emulator.finish(theRun(world));
    });
    await succeeds(world, stack.up(byHand));
    await expectSettled(world, stack, byHand, { runs: 1 });
  });
});
