import assert from "node:assert/strict";
import { expectPassing, otherRequests, runUnderFault, theStart } from "./support/requestCases";
import { closeWorld, describeFaults, openFaultyWorld, oneTaskRun } from "./support/describeFaults";
import { errorsOf, expectRuns, expectSettled, succeeds } from "./support/acceptance";
import { interruptPolls, refuseAfter } from "./support/networkFaults";
import type { Fault } from "../../emulator";

/** A minute of looking, and the run itself. */
const windowMillis = 60_000;
const runMillis = 10_000;

/** What the network can do to a request that was sent. */
const broken: readonly [string, Fault][] = [
  ["is reset before anything is done", { kind: "reset", when: "beforeWork" }],
  ["is reset after the work is done", { kind: "reset", when: "afterWork" }],
  ["stalls before anything is done", { kind: "stall", when: "beforeWork" }],
  ["stalls after the work is done", { kind: "stall", when: "afterWork" }],
];

describeFaults("a connection that breaks", () => {
  for (const [what, fault] of broken) {
    it(`${what}, at the start: one run, after a minute of looking at the most`, async () => {
      const millis = await expectPassing(theStart, { fault });
      const gaveUpAfter = fault.kind === "stall" ? 30_000 : 0;
      assert.ok(millis <= gaveUpAfter + windowMillis + runMillis + 1_000, `${millis} ms`);
    });

    for (const requestCase of otherRequests) {
      it(`${what}, up to three times at ${requestCase.title}: it is asked again`, async () => {
        for (const times of [1, 2, 3]) {
          const millis = await expectPassing(requestCase, { fault, times });
          assert.ok(millis <= times * 35_000 + runMillis, `${millis} ms`);
        }
      });
    }
  }

  it("is reset under every start: one error names the key, and one run at the most is there", async () => {
    for (const when of ["beforeWork", "afterWork"] as const) {
      const { world, stack, errors } = await runUnderFault(theStart, {
        fault: { kind: "reset", when },
        times: Infinity,
      });
      if (when === "afterWork") assert.deepEqual(errors, []);
      else
        assert.match(
          errors.join(),
          /A run of task janedoe~quick may have been started.*\n.*\n.*run-key \w{32}/,
        );
      world.emulator.faults.clear();
      await succeeds(world, stack.up(oneTaskRun));
      await expectSettled(world, stack, oneTaskRun, { runs: 1 });
      await closeWorld(world);
    }
  });
});

describeFaults("a connection that a proxy kept", () => {
  for (const requestCase of otherRequests) {
    it(`is reset when it is used again, at ${requestCase.title}: another one is made`, async () => {
      const { world, stack, errors } = await runUnderFault(requestCase, {
        fault: { kind: "closeReused" },
        times: Infinity,
      });
      assert.deepEqual(errors, []);
      world.emulator.faults.clear();
      await requestCase.expectEnd(world, stack);
    });
  }

  it("is never used for the start", async () => {
    const { world, stack, errors, hits } = await runUnderFault(theStart, {
      fault: { kind: "closeReused" },
      times: Infinity,
    });
    assert.deepEqual([errors, hits], [[], 0]);
    await expectSettled(world, stack, oneTaskRun, { runs: 1 });
  });

  for (const how of ["reset", "answered with 504"] as const) {
    it(`is ${how} when a poll has been idle for too long: the run is waited on`, async () => {
      const world = await openFaultyWorld();
      const stack = world.stack();
      const program = { prices: { actorTaskId: "janedoe~by-hand" } };
      interruptPolls(world, { afterMillis: 9_000, how, times: 6 });
      const command = stack.up(program);
      world.time.emulatorClock.setTimer(150_000, () => {
        for (const { id } of world.emulator.liveRuns()) world.emulator.finish(id);
      });
      await succeeds(world, command);
      await expectSettled(world, stack, program, { runs: 1 });
    });
  }
});

describeFaults("a connection that cannot be made", () => {
  // After the look, after the start, after each of the first polls.
  for (const answers of [0, 1, 2, 3, 4]) {
    for (const secs of [1, 20, 60]) {
      it(`for ${secs} s after ${answers} answers is tried again`, async () => {
        const world = await openFaultyWorld();
        const stack = world.stack();
        await refuseAfter(world, { answers, millis: secs * 1000 });
        await succeeds(world, stack.up(oneTaskRun));
        await expectSettled(world, stack, oneTaskRun, { runs: 1 });
      });
    }
  }

  it("for long ends the deployment after two minutes, with nothing started", async () => {
    for (const answers of [0, 1]) {
      const world = await openFaultyWorld();
      const stack = world.stack();
      await refuseAfter(world, { answers, millis: 600_000 });
      const began = world.time.emulatorClock.now();
      const errors = await errorsOf(world, stack.up(oneTaskRun));
      const millis = world.time.emulatorClock.now() - began;
      assert.match(errors.join(), /Nothing was started.*ECONNREFUSED/);
      assert.ok(millis <= 121_000, `${millis} ms`);
      expectRuns(world, 0);
      await world.time.advance(600_000);
      await succeeds(world, stack.up(oneTaskRun));
      await expectSettled(world, stack, oneTaskRun, { runs: 1 });
    }
  });

  it("while a run is waited for costs ten minutes, and never the run's id", async () => {
    const world = await openFaultyWorld();
    const stack = world.stack();
    // Those to the look-ups of the task and its Actor, the list, the start and the first read.
    await refuseAfter(world, { answers: 5, millis: 900_000 });
    const [error = ""] = await errorsOf(world, stack.up(oneTaskRun));
    assert.match(error, /is still running; stopped waiting: the run could not be read for 6\d\d s/);
    assert.equal(stack.state.get("prices")?.outputs.run.id, world.emulator.runs()[0]?.id);
    await world.time.advance(900_000);
    await succeeds(world, stack.up(oneTaskRun));
    await expectSettled(world, stack, oneTaskRun, { runs: 1 });
  });
});
