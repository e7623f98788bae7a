import assert from "node:assert/strict";
import { create } from "../../../../provider/resources/taskRun/create";
import { decide } from "../../../../provider/resources/taskRun/decide";
import { createAutoClock } from "../../../support/fakeClock";
import { aRun } from "../../../support/run";
import { fakeClient, isUnknown, startingClient, testContext } from "../../support/taskRuns";
import { task } from "../../support/trackedThings";
import type { Decision } from "../../../../provider/resources/taskRun/decision";
import type { CheckedArgs } from "../../../../provider/resources/taskRun/state";
import type { FakeClock } from "../../../support/fakeClock";

const args: CheckedArgs = { actorTaskId: "janedoe~scrape" };

describe("create, on a machine whose clock is ahead of Apify's", () => {
  const ended = { getRun: () => Promise.resolve(aRun({ status: "SUCCEEDED" })) };
  const daily: CheckedArgs = { ...args, cron: "0 3 * * *" };
  const due = { isUnknown, nowMillis: Date.parse("2026-01-01T03:00:05Z") };

  /** A rerun because of this tick. */
  function tickAt(time: string): Decision {
    const staleness = { rule: "cron", sinceMillis: Date.parse(time) } as const;
    return { action: "rerun", reasons: [{ property: "cron", staleness }] };
  }

  /** The clock of a machine that takes the moment when `aRun` starts for shortly after 3:00. */
  function clockAhead(): FakeClock {
    const clock = createAutoClock();
    clock.advance(due.nowMillis - clock.epochMillis());
    return clock;
  }

  it("records when the run was asked for, so that the tick it was for is over", async () => {
    const state = await create(testContext(startingClient(ended), { clock: clockAhead() }), daily);
    assert.equal(state.askedAt, "2026-01-01T03:00:05.000Z");
    assert.deepEqual(decide(state, daily, due), { action: "nothing" });
    const nextDay = { isUnknown, nowMillis: Date.parse("2026-01-02T03:00:00Z") };
    assert.deepEqual(decide(state, daily, nextDay), tickAt("2026-01-02T03:00:00Z"));
  });

  it("records nothing of that where the clocks agree", async () => {
    assert.equal("askedAt" in (await create(testContext(startingClient(ended)), daily)), false);
  });

  it("does not take a run for fresh that was started before and is used", async () => {
    const getTask = (): Promise<typeof task> => Promise.resolve({ ...task, id: "task1" });
    const client = fakeClient({
      getTask,
      getRun: () => Promise.resolve(aRun({ status: "SUCCEEDED", actorTaskId: "task1" })),
    });
    const adopting = { ...daily, adoptRunId: "run1" };
    const state = await create(testContext(client, { clock: clockAhead() }), adopting);
    assert.equal("askedAt" in state, false);
    assert.deepEqual(decide(state, daily, due), tickAt("2026-01-01T03:00:00Z"));
  });
});
