import assert from "node:assert/strict";
import { ApifyError } from "../../../../provider/apify/errors";
import { create } from "../../../../provider/resources/taskRun/create";
import { createAutoClock } from "../../../support/fakeClock";
import { aRun } from "../../../support/run";
import {
  partialFailureOf,
  plainErrorOf,
  startingClient,
  testContext,
} from "../../support/taskRuns";
import type { Args } from "../../../../provider/resources/taskRun/argumentTable";

const args: Args = { actorTaskId: "janedoe~scrape" };

describe("the time that create waits", () => {
  const limits: readonly (readonly [number | undefined, number | undefined, number])[] = [
    [4, undefined, 4],
    [undefined, 4, 4],
    [4, 60, 4],
    [60, 4, 4],
    [60, 0, 0],
  ];
  for (const [waitSecs, create_, expected] of limits) {
    const shown = `waitSecs ${waitSecs ?? "unset"} and customTimeouts.create ${create_ ?? "unset"}`;
    it(`is ${expected} s with ${shown}`, async () => {
      const clock = createAutoClock();
      const client = startingClient({
        getRun: (_id, { waitSecs: secs = 0 } = {}) => {
          clock.advance(secs * 1000);
          return Promise.resolve(aRun());
        },
      });
      const timeLimitSecs = { update: 1, ...(create_ === undefined ? {} : { create: create_ }) };
      const context = testContext(client, { clock, timeLimitSecs });
      const began = clock.monotonicMillis();
      await partialFailureOf(create(context, { ...args, waitSecs }));
      assert.equal(clock.monotonicMillis() - began, expected * 1000);
    });
  }

  it("lets the run go on and keeps it, with full arguments and outputs", async () => {
    const clock = createAutoClock();
    const client = startingClient({
      getRun: () => {
        clock.advance(2000);
        return Promise.resolve(aRun({ statusMessage: "page 3" }));
      },
    });
    const given = { ...args, input: { a: 1 }, waitSecs: 2 };
    const error = await partialFailureOf(create(testContext(client, { clock }), given));
    const { run, links, expired, ...stored } = error.state;
    assert.deepEqual(stored, given);
    assert.deepEqual(run, aRun({ statusMessage: "page 3" }));
    assert.equal(expired, false);
    assert.deepEqual(error.message.split("\n"), [
      "Run run1 is still running; stopped waiting: the limit of 2 s that `waitSecs` or `customTimeouts` sets is over.",
      "Its status when it was last read: RUNNING: page 3",
      `See ${links.console}`,
      "The next `pulumi up` waits for this run; it does not start another.",
    ]);
  });

  it("shows how the wait goes on", async () => {
    const clock = createAutoClock();
    let polls = 0;
    const client = startingClient({
      getRun: (_id, { waitSecs = 0 } = {}) => {
        clock.advance(waitSecs * 1000);
        polls++;
        const status = polls === 3 ? "SUCCEEDED" : "RUNNING";
        return Promise.resolve(aRun({ status, statusMessage: `page ${polls}` }));
      },
    });
    const context = testContext(client, { clock });
    await create(context, args);
    assert.deepEqual(context.statuses, [
      "starting task janedoe~scrape",
      "RUNNING",
      "RUNNING: page 1",
      "RUNNING: page 2",
      "SUCCEEDED: page 3",
    ]);
  });
});

describe("the time that create waits for room in the account", () => {
  const place = { method: "POST", path: "/v2/actor-tasks/x/runs" };
  const body = { type: "actor-memory-limit-exceeded", message: "No memory.", data: undefined };

  for (const [startWaitSecs, expected] of [
    [undefined, 300],
    [20, 20],
    [0, 0],
  ] as const) {
    it(`is ${expected} s with startWaitSecs ${startWaitSecs ?? "unset"}`, async () => {
      const clock = createAutoClock();
      const client = startingClient({
        startTaskRun: () =>
          Promise.resolve({
            outcome: "refused",
            error: new ApifyError(place, 402, body),
          }),
      });
      const began = clock.monotonicMillis();
      const error = await plainErrorOf(
        create(testContext(client, { clock }), { ...args, startWaitSecs }),
      );
      const waited = (clock.monotonicMillis() - began) / 1000;
      assert.ok(waited <= expected && waited >= expected / 2, `it waited ${waited} s`);
      assert.ok(error.message.includes(`within ${expected} s (\`startWaitSecs\`)`), error.message);
    });
  }
});
