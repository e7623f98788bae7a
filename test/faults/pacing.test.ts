import assert from "node:assert/strict";
import { faultAnswers } from "../../emulator";
import { otherRequests, runUnderFault, theStart, theWait } from "./support/requestCases";
import { closeWorld, describeFaults, oneTaskRun, openFaultyWorld } from "./support/describeFaults";
import { errorsOf, expectRuns, expectSettled, succeeds } from "./support/acceptance";
import type { RecordedRequest } from "../../emulator";

const { concurrentRunsExceeded, memoryLimitExceeded, rateLimited } = faultAnswers;

/** Half of the first pause that there is without a `Retry-After`: lots are drawn from its upper half. */
const leastPause = 250;
const seconds = (count: number) => (): number => count * 1_000;
const noneAsked = seconds(leastPause / 1_000);
const date = "Thu, 01 Jan 2026 00:00:40 GMT";

/** What `Retry-After` may say, and the least pause after a request that was sent at some time. */
const retryAfters: readonly [string | undefined, (at: number) => number][] = [
  [undefined, noneAsked],
  ["0", noneAsked],
  ["1", seconds(1)],
  ["17", seconds(17)],
  ["40", seconds(40)],
  [date, (at) => Math.max(Date.parse(date) - at, leastPause)],
  ["Thu, 01 Jan 2015 00:00:00 GMT", noneAsked],
  ["-5", noneAsked],
  ["1.5", noneAsked],
  ["soon", noneAsked],
  ["", noneAsked],
];

/** When each refused request was sent, and how much later it was sent again. */
function pausesAfter(
  requests: readonly RecordedRequest[],
  status: number,
): readonly { readonly at: number; readonly pause: number }[] {
  return requests.flatMap(({ at, method, pathname, ...refused }, index) => {
    if (refused.status !== status) return [];
    const next = requests
      .slice(index + 1)
      .find((each) => each.method === method && each.pathname === pathname);
    return next === undefined ? [] : [{ at, pause: next.at - at }];
  });
}

describeFaults("429", () => {
  for (const [retryAfter, least] of retryAfters) {
    const asked = retryAfter === undefined ? "no Retry-After" : `Retry-After "${retryAfter}"`;
    for (const requestCase of [theStart, ...otherRequests]) {
      it(`with ${asked}, at ${requestCase.title}, is waited out`, async () => {
        const fault = rateLimited(retryAfter);
        const { world, stack, errors } = await runUnderFault(requestCase, { fault, times: 2 });
        assert.deepEqual(errors, []);
        const pauses = pausesAfter(world.emulator.requests, 429);
        assert.equal(pauses.length, 2);
        for (const { at, pause } of pauses) assert.ok(pause >= least(at), `${pause} ms`);
        await requestCase.expectEnd(world, stack);
      });
    }
  }

  it("that asks for more time than there is ends a command at once", async () => {
    for (const requestCase of [theStart, ...otherRequests.filter((each) => each !== theWait)]) {
      const fault = rateLimited("86400");
      const { world, stack, errors, millis, again } = await runUnderFault(requestCase, { fault });
      assert.match(errors.join(), /429/);
      assert.ok(millis <= 15_000, `${millis} ms`);
      await succeeds(world, again());
      await requestCase.expectEnd(world, stack);
      await closeWorld(world);
    }
  });

  it("that asks for more time than a poll has is waited out all the same", async () => {
    for (const secs of [50, 120, 290]) {
      const world = await openFaultyWorld();
      const stack = world.stack();
      const fault = rateLimited(String(secs));
      world.emulator.faults.inject({ endpoint: "getRun", fault, times: 2 });
      await succeeds(world, stack.up(oneTaskRun));
      for (const { pause } of pausesAfter(world.emulator.requests, 429)) {
        assert.ok(pause >= secs * 1_000, `${pause} ms`);
      }
      await expectSettled(world, stack, oneTaskRun, { runs: 1 });
    }
  });

  it("that asks for more time than a run may be unreadable ends the wait, and keeps the run", async () => {
    const fault = rateLimited("86400");
    const { world, stack, errors, millis } = await runUnderFault(theWait, {
      fault,
      times: Infinity,
    });
    assert.match(
      errors.join(),
      /is still running; stopped waiting: the run could not be read for 6\d\d s/,
    );
    assert.ok(millis <= 610_000, `${millis} ms`);
    world.emulator.faults.clear();
    await succeeds(world, stack.up(oneTaskRun));
    await expectSettled(world, stack, oneTaskRun, { runs: 1 });
  });

  it("at the looks for a lost start is waited out", async () => {
    for (const secs of [5, 20, 50]) {
      const world = await openFaultyWorld();
      const stack = world.stack();
      const fault = { kind: "reset", when: "afterWork" } as const;
      world.emulator.faults.inject({ endpoint: "startRun", fault });
      world.emulator.faults.inject({
        endpoint: "listTaskRuns",
        fault: rateLimited(String(secs)),
        skip: 1,
        times: 3,
      });
      await succeeds(world, stack.up(oneTaskRun));
      const pauses = pausesAfter(world.emulator.requests, 429);
      assert.equal(pauses.length, 3);
      for (const { pause } of pauses) assert.ok(pause >= secs * 1_000, `${pause} ms`);
      await expectSettled(world, stack, oneTaskRun, { runs: 1 });
    }
  });

  it("for ever is no busy loop: startWaitSecs ends it, with nothing started", async () => {
    for (const retryAfter of [undefined, "0", "7"]) {
      const { world, errors, millis, hits } = await runUnderFault(theStart, {
        fault: rateLimited(retryAfter),
        times: Infinity,
      });
      assert.match(errors.join(), /Nothing was started within 300 s/);
      assert.ok(millis <= 301_000, `${millis} ms`);
      assert.ok(hits <= 50, `${hits} requests`);
      expectRuns(world, 0);
      await closeWorld(world);
    }
  });
});

describeFaults("a full account", () => {
  const refusals = [
    ["memory", memoryLimitExceeded()],
    ["runs", concurrentRunsExceeded()],
    ["memory, told with 400", { ...memoryLimitExceeded(), status: 400 }],
    [
      "runs, told with 403",
      { ...concurrentRunsExceeded(), type: "cannot-start-actor-runs", status: 403 },
    ],
  ] as const;

  for (const [what, fault] of refusals) {
    it(`without free ${what} is waited for, paced`, async () => {
      for (const times of [1, 4, 8]) {
        const { world, stack, errors } = await runUnderFault(theStart, { fault, times });
        assert.deepEqual(errors, []);
        const pauses = pausesAfter(world.emulator.requests, fault.status);
        assert.equal(pauses.length, times);
        for (const { pause } of pauses) assert.ok(pause >= 2_500 && pause <= 31_000, `${pause} ms`);
        await expectSettled(world, stack, oneTaskRun, { runs: 1 });
        await closeWorld(world);
      }
    });

    it(`without free ${what} for long is an error after startWaitSecs`, async () => {
      for (const startWaitSecs of [0, 30, 300, 1200]) {
        const world = await openFaultyWorld();
        const stack = world.stack();
        const program = { prices: { actorTaskId: "janedoe~quick", startWaitSecs } };
        world.emulator.faults.inject({ endpoint: "startRun", fault, times: Infinity });
        const began = world.time.emulatorClock.now();
        const errors = await errorsOf(world, stack.up(program));
        const millis = world.time.emulatorClock.now() - began;
        assert.match(
          errors.join(),
          new RegExp(`within ${startWaitSecs} s \\(\`startWaitSecs\`\\)`),
        );
        assert.ok(millis <= startWaitSecs * 1_000 && millis >= (startWaitSecs - 31) * 1_000);
        world.emulator.faults.clear();
        await succeeds(world, stack.up(program));
        await expectSettled(world, stack, program, { runs: 1 });
        await closeWorld(world);
      }
    });
  }

  it("that becomes free takes one start only", async () => {
    const world = await openFaultyWorld();
    world.emulator.setLimits("janedoe", { maxConcurrentRuns: 1 });
    const stack = world.stack();
    const names = ["a", "b", "c", "d"];
    const program = Object.fromEntries(
      names.map((name) => [name, { actorTaskId: "janedoe~quick" }]),
    );
    await succeeds(world, stack.up(program));
    await expectSettled(world, stack, program, { runs: 4 });
  });
});
