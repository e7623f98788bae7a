import assert from "node:assert/strict";
import { faultAnswers } from "../../emulator";
import { closeWorld, describeFaults, entryOf, openFaultyWorld } from "./support/describeFaults";
import { errorsOf, expectRuns, expectSettled, succeeds } from "./support/acceptance";
import { atSeconds, theRun } from "./support/runEvents";
import type { Fault } from "../../emulator";
import type { Program } from "./support/stack";

/** The run goes on until the test ends it. */
const byHand: Program = { prices: { actorTaskId: "janedoe~by-hand", timeoutSecs: 0 } };

const badEnds = ["FAILED", "TIMED-OUT", "ABORTED"] as const;

describeFaults("a run that does not succeed", () => {
  for (const status of badEnds) {
    it(`but is ${status} is told with its log, and the next deployment runs again`, async () => {
      const world = await openFaultyWorld();
      const stack = world.stack();
      atSeconds(world, 30, () => {
        world.emulator.finish(theRun(world), { status, statusMessage: "No prices." });
      });
      const [error = ""] = await errorsOf(world, stack.up(byHand));
      assert.match(
        error,
        new RegExp(`Run ${theRun(world)} ended with status ${status}: No prices.`),
      );
      assert.match(error, /The end of its log:\n {2}ACTOR/);
      assert.equal(stack.state.size, 0);
      atSeconds(world, 30, () => {
        world.emulator.finish(theRun(world));
      });
      await succeeds(world, stack.up(byHand));
      await expectSettled(world, stack, byHand, { runs: 2 });
    });

    it(`but is ${status} when a later deployment resumes the wait is recorded so, and run again`, async () => {
      const world = await openFaultyWorld();
      const stack = world.stack();
      const command = stack.up(byHand);
      atSeconds(world, 5, command.process.interrupt);
      assert.match((await errorsOf(world, command)).join(), /is still running/);
      atSeconds(world, 5, () => {
        world.emulator.finish(theRun(world), { status });
      });
      assert.match((await errorsOf(world, stack.up(byHand))).join(), /ended with status/);
      assert.equal(entryOf(stack)?.outputs.run.status, status);
      expectRuns(world, 1);
      // The answer to the rerun is lost as well: it has the same key as the run it replaces.
      const fault: Fault = { kind: "reset", when: "afterWork" };
      world.emulator.faults.inject({ endpoint: "startRun", fault });
      atSeconds(world, 90, () => {
        world.emulator.finish(theRun(world));
      });
      await succeeds(world, stack.up(byHand));
      await expectSettled(world, stack, byHand, { runs: 2 });
    });
  }

  const logFaults: readonly Fault[] = [
    { kind: "reset", when: "beforeWork" },
    { kind: "stall", when: "afterWork" },
    { kind: "cutBody" },
    { kind: "stallBody" },
    { kind: "emptyBody" },
    faultAnswers.serverError("none"),
    faultAnswers.rateLimited("3600"),
    faultAnswers.htmlPage(403, "none"),
    faultAnswers.hugeError(1_000_000),
  ];
  for (const fault of logFaults) {
    it(`is told whatever becomes of its log: ${JSON.stringify(fault).slice(0, 70)}`, async () => {
      for (const times of [1, Infinity]) {
        const world = await openFaultyWorld();
        const stack = world.stack();
        world.emulator.faults.inject({ endpoint: "getRunLog", fault, times });
        atSeconds(world, 30, () => {
          world.emulator.finish(theRun(world), { exitCode: 7 });
        });
        const began = world.time.emulatorClock.now();
        const [error = ""] = await errorsOf(world, stack.up(byHand));
        assert.match(error, /ended with status FAILED.*exited with code 7.*console/s);
        assert.ok(world.time.emulatorClock.now() - began <= 155_000);
        await closeWorld(world);
      }
    });
  }
});

describeFaults("a status", () => {
  it("that nobody knows is waited on, and said", async () => {
    for (const status of ["HIBERNATING", "", "succeeded", "toString"]) {
      const world = await openFaultyWorld();
      const stack = world.stack();
      atSeconds(world, 5, () => {
        world.emulator.setStatus(theRun(world), { status });
      });
      atSeconds(world, 200, () => {
        world.emulator.finish(theRun(world));
      });
      await succeeds(world, stack.up(byHand));
      assert.ok(
        world.shown.some((line) => line.includes("unknown to this version of pulumi-apify")),
      );
      await expectSettled(world, stack, byHand, { runs: 1 });
      await closeWorld(world);
    }
  });

  it("that nobody knows is taken over after a kill", async () => {
    const world = await openFaultyWorld();
    const stack = world.stack();
    const command = stack.up(byHand);
    atSeconds(world, 5, () => {
      world.emulator.setStatus(theRun(world), { status: "HIBERNATING" });
    });
    await world.time.advance(20_000);
    command.process.kill();
    atSeconds(world, 20, () => {
      world.emulator.finish(theRun(world));
    });
    await succeeds(world, stack.up(byHand));
    await expectSettled(world, stack, byHand, { runs: 1 });
  });

  it("that goes backwards is waited on", async () => {
    const world = await openFaultyWorld();
    const stack = world.stack();
    for (const [index, status] of [
      "READY",
      "ABORTING",
      "RUNNING",
      "TIMING-OUT",
      "READY",
    ].entries()) {
      atSeconds(world, 10 * (index + 1), () => {
        world.emulator.setStatus(theRun(world), { status });
      });
    }
    atSeconds(world, 90, () => {
      world.emulator.finish(theRun(world), { status: "SUCCEEDED" });
    });
    await succeeds(world, stack.up(byHand));
    await expectSettled(world, stack, byHand, { runs: 1 });
  });

  it("that says a run is being stopped keeps it from being taken over", async () => {
    for (const status of ["ABORTING", "TIMING-OUT"]) {
      const world = await openFaultyWorld();
      const stack = world.stack();
      const command = stack.up(byHand);
      await world.time.advance(20_000);
      command.process.kill();
      const stopped = theRun(world);
      world.emulator.setStatus(stopped, { status });
      atSeconds(world, 20, () => {
        world.emulator.finish(theRun(world));
      });
      await succeeds(world, stack.up(byHand));
      assert.notEqual(entryOf(stack)?.outputs.run.id, stopped);
      assert.equal(world.emulator.runs().length, 2);
      await closeWorld(world);
    }
  });
});
