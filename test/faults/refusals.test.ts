import assert from "node:assert/strict";
import { adviceOn } from "../../provider/apify/advice";
import { ApifyError } from "../../provider/apify/errors";
import { errorTypes } from "../../emulator";
import { errorsOf, expectRuns, expectSettled, succeeds } from "./support/acceptance";
import {
  closeWorld,
  describeFaults,
  entryOf,
  oneTaskRun,
  openFaultyWorld,
} from "./support/describeFaults";
import {
  expectHarmless,
  otherRequests,
  runUnderFault,
  theStart,
  theWait,
} from "./support/requestCases";
import type { ErrorType, FaultAnswer } from "../../emulator";

const refusal = (status: number, type: string): FaultAnswer => ({
  kind: "answer",
  work: "none",
  status,
  type,
  message: "Apify's own words.",
});

const unauthorized = refusal(401, "user-or-token-not-found");
const forbidden = refusal(403, "insufficient-permissions");
const unpaid = refusal(402, "not-enough-usage-to-run-paid-actor");
const invalid = refusal(400, "invalid-input");
const missing = refusal(404, "record-not-found");

/** What Apify may refuse for good, and what of the remedy the error names. */
const refusals: readonly [string, FaultAnswer, RegExp][] = [
  ["an unknown token", unauthorized, /apify:token/],
  ["too few permissions", forbidden, /token/],
  ["an empty account", unpaid, /Apify's own words/],
  ["an input that the Actor does not take", invalid, /Apify's own words/],
  ["a task that does not exist", missing, /`actorTaskId` "janedoe~quick"/],
  ["an unknown build", refusal(400, "unknown-build-tag"), /build/],
];

describeFaults("a start that Apify refuses", () => {
  for (const [what, fault, remedy] of refusals) {
    it(`for ${what} is sent once, and the error says what to do`, async () => {
      const { world, stack, errors, hits, millis } = await runUnderFault(theStart, {
        fault,
        times: Infinity,
      });
      assert.match(errors.join(), /Nothing was started.*janedoe~quick/s);
      assert.match(errors.join(), remedy);
      assert.deepEqual([hits, millis, stack.state.size], [1, 0, 0]);
      expectRuns(world, 0);
      world.emulator.faults.clear();
      await succeeds(world, stack.up(oneTaskRun));
      await expectSettled(world, stack, oneTaskRun, { runs: 1 });
    });
  }

  it("keeps the last good run when it was a rerun", async () => {
    for (const [, fault] of refusals) {
      const world = await openFaultyWorld();
      const stack = world.stack();
      await succeeds(world, stack.up(oneTaskRun));
      const good = entryOf(stack);
      const rerun = { prices: { actorTaskId: "janedoe~quick", input: { page: 2 } } };
      world.emulator.faults.inject({ endpoint: "startRun", fault, times: Infinity });
      assert.equal((await errorsOf(world, stack.up(rerun))).length, 1);
      assert.deepEqual(entryOf(stack), good);
      world.emulator.faults.clear();
      await succeeds(world, stack.up(rerun));
      await expectSettled(world, stack, rerun, { runs: 2 });
      await closeWorld(world);
    }
  });
});

/** For how long a start is tried that is refused in each way, by the type's kind. */
const patienceMillis = { capacity: 300_000, rate: 300_000, unavailable: 120_000 } as const;

const types = Object.keys(errorTypes) as ErrorType[];

function errorOf(type: ErrorType): ApifyError {
  const [status, message] = errorTypes[type];
  const place = { method: "POST", path: "/v2/actor-tasks/janedoe~quick/runs" };
  return new ApifyError(place, status, { type, message, data: undefined });
}

describeFaults("a start that Apify refuses with any of its errors", () => {
  for (const type of types) {
    const { transient, effect, message, status } = errorOf(type);

    it(`${type} (${status}) for good starts nothing, and says what to do`, async () => {
      const world = await openFaultyWorld();
      const stack = world.stack();
      const refused = world.emulator.refuseStarts({ type }, { times: Infinity });
      const began = world.time.emulatorClock.now();
      const [error = "", ...others] = await errorsOf(world, stack.up(oneTaskRun));
      const millis = world.time.emulatorClock.now() - began;
      assert.deepEqual(others, []);
      assert.ok(error.includes(message), error);
      expectRuns(world, 0);
      assert.equal(stack.state.size, 0);
      if (effect === "unknown") {
        // It may have started a run; each of the two starts is followed by a minute of looking.
        assert.match(error, /^A run of task janedoe~quick may have been started/);
        assert.equal(refused.hits, 2);
      } else {
        assert.match(error, /^Nothing was started/);
        const advice = adviceOn(errorOf(type), { what: "start", actorTaskId: "janedoe~quick" });
        const [lead = ""] = advice.split("https://");
        assert.ok(error.includes(`\n${lead}`), error);
        if (transient === undefined) assert.deepEqual([refused.hits, millis], [1, 0]);
        else assert.ok(millis > 60_000 && millis <= patienceMillis[transient.kind], `${millis} ms`);
      }

      world.emulator.faults.clear();
      await succeeds(world, stack.up(oneTaskRun));
      await expectSettled(world, stack, oneTaskRun, { runs: 1 });
      await closeWorld(world);
    });

    if (transient === undefined) continue;
    it(`${type} (${status}) for once starts one run in the end`, async () => {
      const world = await openFaultyWorld();
      const stack = world.stack();
      world.emulator.refuseStarts({ type });
      await succeeds(world, stack.up(oneTaskRun));
      await expectSettled(world, stack, oneTaskRun, { runs: 1 });
    });
  }

  for (const [type, statuses] of [
    ["invalid-input", [400, 403]],
    ["actor-memory-limit-exceeded", [400, 402, 403]],
    ["concurrent-runs-limit-exceeded", [400, 402]],
  ] as const) {
    for (const status of statuses) {
      it(`means the same by ${type} with the status ${status}`, async () => {
        const world = await openFaultyWorld();
        const stack = world.stack();
        const refused = world.emulator.refuseStarts({ type, status }, { times: 3 });
        const errors = await errorsOf(world, stack.up(oneTaskRun));
        const isInput = type === "invalid-input";
        assert.equal(refused.hits, isInput ? 1 : 3);
        if (isInput)
          assert.match(errors.join(), /\nCorrect `input\.startUrls`, in the argument `input`/);
        else assert.deepEqual(errors, []);
        expectRuns(world, isInput ? 0 : 1);
      });
    }
  }
});

describeFaults("another request that Apify refuses", () => {
  for (const [what, fault] of refusals) {
    for (const requestCase of otherRequests) {
      // A run that is said to be gone is not aborted, and is recorded as expired.
      const saysGone = /the abort|a refresh/.test(requestCase.title);
      if (fault.status === 404 && saysGone) continue;
      it(`for ${what}, at ${requestCase.title}, does no harm`, async () => {
        const errors = await expectHarmless(requestCase, { fault });
        const isGone = fault.status === 404 && requestCase.title.includes("deletion");
        if (isGone) assert.deepEqual(errors, []);
      });
    }
  }

  it("at the look before the start means that nothing is started", async () => {
    const look = otherRequests.find(({ endpoint }) => endpoint === "listTaskRuns") ?? theStart;
    for (const [, fault] of refusals) {
      const { world, errors, hits } = await runUnderFault(look, { fault, times: Infinity });
      assert.match(errors.join(), /^Nothing was started/);
      assert.equal(hits, 1);
      expectRuns(world, 0);
      await closeWorld(world);
    }
  });

  it("at the wait keeps the run and its id, and the next deployment waits on", async () => {
    for (const fault of [unauthorized, forbidden, unpaid, invalid]) {
      const { world, stack, errors } = await runUnderFault(theWait, { fault, times: Infinity });
      const id = world.emulator.runs()[0]?.id;
      assert.match(errors.join(), new RegExp(`Run ${id} is still running; stopped waiting`));
      assert.deepEqual([entryOf(stack)?.outputs.run.id, entryOf(stack)?.initFailed], [id, true]);
      world.emulator.faults.clear();
      await succeeds(world, stack.up(oneTaskRun));
      await expectSettled(world, stack, oneTaskRun, { runs: 1 });
      await closeWorld(world);
    }
  });
});
