import assert from "node:assert/strict";
import { check } from "../../../../provider/resources/taskRun/check";
import { create } from "../../../../provider/resources/taskRun/create";
import { decide } from "../../../../provider/resources/taskRun/decide";
import { taskFingerprint } from "../../../../provider/resources/taskFingerprint";
import { runKey } from "../../../../provider/run/runKey";
import { aRun } from "../../../support/run";
import { at, fakeClient, owner, startingClient, testContext } from "../../support/taskRuns";
import { task } from "../../support/trackedThings";
import type { RunList } from "../../../../provider/apify/schemas/run";
import type { CheckedArgs } from "../../../../provider/resources/taskRun/state";

const args: CheckedArgs = { actorTaskId: "janedoe~scrape" };

describe("create, with a task that is tracked", () => {
  const ended = { getRun: () => Promise.resolve(aRun({ status: "SUCCEEDED" })) };
  const tracking: CheckedArgs = { ...args, trackTask: true, trackedTask: "seen by check" };

  /** A list with a run that a deployment started which was killed. */
  async function aLiveRun(): Promise<RunList> {
    const meta = { origin: "API", userAgent: `x (run-key ${runKey(owner, tracking)})` };
    const none = await startingClient().listTaskRuns("", { limit: 1 });
    return { ...none, total: 1, count: 1, items: [{ ...aRun(), meta }] };
  }

  it("records what the task was when the run started, and not when it was checked", async () => {
    const asked: string[] = [];
    const client = startingClient({
      ...ended,
      getTask: (id) => {
        asked.push(`read ${id}`);
        return Promise.resolve(task);
      },
      startTaskRun: () => {
        asked.push("start");
        return Promise.resolve({ outcome: "started", runId: "run1", run: aRun() });
      },
    });
    const state = await create(testContext(client), tracking);
    assert.equal(state.trackedTask, taskFingerprint(task));
    assert.deepEqual(asked, ["read janedoe~scrape", "start"]);
  });

  it("records what was checked when the task cannot be read", async () => {
    const state = await create(testContext(startingClient(ended)), tracking);
    assert.equal(state.trackedTask, "seen by check");
  });

  it("records what the task is at the start when `check` could not read it", async () => {
    const client = startingClient({ ...ended, getTask: () => Promise.resolve(task) });
    const state = await create(testContext(client), { ...args, trackTask: true });
    assert.equal(state.trackedTask, taskFingerprint(task));
  });

  for (const [when, modifiedAt, recorded] of [
    ["before", "2025-12-31T23:59:59Z", taskFingerprint(task)],
    ["after", "2026-01-01T00:00:01Z", `older than ${taskFingerprint(task)}`],
  ] as const) {
    it(`records what a run had that is used, when the task was edited ${when} its start`, async () => {
      const getTask = (): Promise<typeof task> => Promise.resolve({ ...task, modifiedAt });
      const context = testContext(startingClient({ ...ended, getTask, listTaskRuns: aLiveRun }));
      const state = await create(context, tracking);
      assert.equal(state.trackedTask, recorded);
      assert.match(context.lines[0] ?? "", /^Run run1 found by its run key/);
      const next = { ...tracking, trackedTask: taskFingerprint(task) };
      assert.equal(decide(state, next, at()).action, when === "before" ? "nothing" : "rerun");
    });
  }

  it("does not read a task that is not tracked", async () => {
    const client = startingClient({ ...ended, getTask: () => assert.fail("read") });
    assert.equal("trackedTask" in (await create(testContext(client), args)), false);
  });
});

describe("check and create together", () => {
  it("store what is tracked, so that the next deployment has nothing to do", async () => {
    const client = startingClient({
      getTask: () => Promise.resolve(task),
      getRun: () => Promise.resolve(aRun({ status: "SUCCEEDED" })),
    });
    const given = { ...args, trackTask: true };
    const first = await check(testContext(client), {}, given);
    const state = await create(
      testContext(client),
      first.args as Partial<CheckedArgs> as CheckedArgs,
    );
    const second = await check(
      testContext(fakeClient({ getTask: () => Promise.resolve(task) })),
      first.args,
      given,
    );
    const decision = decide(state, second.args as Partial<CheckedArgs> as CheckedArgs, at());
    assert.deepEqual(decision, { action: "nothing" });
  });
});
