import assert from "node:assert/strict";
import { expectHarmless, otherJourneys, ride, theStart, theWait } from "./support/journeys";
import { closeWorld, describeFaults, entryOf, oneTaskRun } from "./support/matrix";
import { openFaultyWorld } from "./support/matrix";
import { errorsOf, expectRuns, expectSettled, succeeds } from "./support/settle";
import type { FaultAnswer } from "../../emulator";

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
  ["a task that does not exist", missing, /actorTaskId "janedoe~quick"/],
  ["an unknown build", refusal(400, "unknown-build-tag"), /build/],
];

describeFaults("a start that Apify refuses", () => {
  for (const [what, fault, remedy] of refusals) {
    it(`for ${what} is sent once, and the error says what to do`, async () => {
      const { world, stack, errors, hits, millis } = await ride(theStart, {
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

describeFaults("another request that Apify refuses", () => {
  for (const [what, fault] of refusals) {
    for (const journey of otherJourneys) {
      // A run that is said to be gone is not aborted, and is recorded as expired.
      const saysGone = /the abort|a refresh/.test(journey.title);
      if (fault.status === 404 && saysGone) continue;
      it(`for ${what}, at ${journey.title}, does no harm`, async () => {
        const errors = await expectHarmless(journey, { fault });
        const isGone = fault.status === 404 && journey.title.includes("deletion");
        if (isGone) assert.deepEqual(errors, []);
      });
    }
  }

  it("at the look before the start means that nothing is started", async () => {
    const look = otherJourneys.find(({ endpoint }) => endpoint === "listTaskRuns") ?? theStart;
    for (const [, fault] of refusals) {
      const { world, errors, hits } = await ride(look, { fault, times: Infinity });
      assert.match(errors.join(), /^Nothing was started/);
      assert.equal(hits, 1);
      expectRuns(world, 0);
      await closeWorld(world);
    }
  });

  it("at the wait keeps the run and its id, and the next deployment waits on", async () => {
    for (const fault of [unauthorized, forbidden, unpaid, invalid]) {
      const { world, stack, errors } = await ride(theWait, { fault, times: Infinity });
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
