import assert from "node:assert/strict";
import { adviceOn } from "../../provider/apify/advice";
import { ApifyError } from "../../provider/apify/errors";
import { errorTypes } from "../../emulator";
import { closeWorld, describeFaults, oneTaskRun, openFaultyWorld } from "./support/matrix";
import { errorsOf, expectRuns, expectSettled, succeeds } from "./support/settle";
import type { ErrorType } from "../../emulator";

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
        assert.match(error, /^It is not known whether a run of task janedoe~quick was started/);
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
          assert.match(errors.join(), /\nCorrect input\.startUrls, in the argument input/);
        else assert.deepEqual(errors, []);
        expectRuns(world, isInput ? 0 : 1);
      });
    }
  }
});
