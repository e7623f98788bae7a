import assert from "node:assert/strict";
import { check } from "../../provider/lifecycle/check";
import { create } from "../../provider/lifecycle/create";
import { deleteTaskRun } from "../../provider/lifecycle/delete";
import { diff } from "../../provider/lifecycle/diff";
import { createMemory } from "../../provider/lifecycle/memory";
import { taskFingerprint } from "../../provider/lifecycle/tracked";
import { runKey } from "../../provider/run/runKey";
import { createAutoClock } from "../support/fakeClock";
import { aRun } from "../support/run";
import {
  aState,
  at,
  fakeClient,
  isUnknown,
  owner,
  plainErrorOf,
  startApify,
  startingClient,
  testContext,
} from "./support";
import { task } from "./trackedThings";
import type { ApifyClient } from "../../provider/apify/client";
import type { RunList } from "../../provider/apify/schemas/run";
import type { Inputs } from "../../provider/lifecycle/state";
import type { DeploymentMemory } from "../../provider/lifecycle/memory";
import type { FakeClock } from "../support/fakeClock";
import type { TestApify } from "./support";

const args: Inputs = { actorTaskId: "janedoe~scrape" };

describe("create, with a run that is not good", () => {
  const limited = aRun({
    status: "FAILED",
    statusMessage: "Stopped",
    options: { maxTotalChargeUsd: 2 },
    usageTotalUsd: 2,
  });
  const failing = (methods: Partial<ApifyClient> = {}): ApifyClient =>
    startingClient({
      getRun: () => Promise.resolve(aRun({ status: "FAILED", exitCode: 3 })),
      getRunLog: () => Promise.resolve("the last line"),
      ...methods,
    });

  it('records it with onFailure "continue", says all about it and fails nothing', async () => {
    const context = testContext(failing());
    const given: Inputs = { ...args, onFailure: "continue" };
    const state = await create(context, given);
    assert.equal(state.run.status, "FAILED");
    assert.equal(state.onFailure, "continue");
    const said = context.lines[1]?.split("\n") ?? [];
    assert.deepEqual(said, [
      "Run run1 ended as FAILED (exit code 3)",
      `See ${state.links.console}`,
      "The end of its log:",
      "  the last line",
      'It is recorded all the same (onFailure: "continue"). The next `pulumi up` runs the task again.',
    ]);
    assert.deepEqual(diff(state, given, at()), { action: "rerun", because: ["status"] });
  });

  it("has the data of the last good run kept from a purge then, but not otherwise", async () => {
    const ended = aState({ id: "good" }, { onDelete: "purge" });
    for (const [status, deletions] of [
      ["FAILED", 0],
      ["SUCCEEDED", 4],
    ] as const) {
      let deleted = 0;
      const deleting = (): Promise<void> => {
        deleted++;
        return Promise.resolve();
      };
      const client = failing({
        getRun: (id) => Promise.resolve(aRun({ id, status: id === "good" ? "SUCCEEDED" : status })),
        deleteRun: deleting,
        deleteStorage: deleting,
      });
      const context = testContext(client);
      context.memory.declared(owner);
      context.memory.decided(owner, ended, { action: "rerun", because: ["input"] });
      await create(context, { ...args, onFailure: "continue", onDelete: "purge" });
      await deleteTaskRun(context, ended);
      assert.equal(deleted, deletions);
      const line =
        'Run good and its data are kept although onDelete is "purge": the run that replaced it has not succeeded.';
      assert.equal(context.lines.includes(line), status === "FAILED");
    }
  });

  it("has the data of the last good run kept from a purge while nobody waits for the next one", async () => {
    const context = testContext(
      startingClient({ getRun: () => Promise.resolve(aRun({ id: "good", status: "SUCCEEDED" })) }),
    );
    context.memory.declared(owner);
    await create(context, { ...args, waitSecs: 0, onDelete: "purge" });
    await deleteTaskRun(context, aState({ id: "good" }, { onDelete: "purge" }));
    assert.match(context.lines.at(-1) ?? "", /^Run good and its data are kept although onDelete/);
  });

  it('records nothing with onFailure "fail"', async () => {
    await plainErrorOf(create(testContext(failing()), { ...args, onFailure: "fail" }));
  });

  it("takes it for good when its status is accepted", async () => {
    const given: Inputs = { ...args, acceptStatuses: ["SUCCEEDED", "FAILED"] };
    const context = testContext(failing());
    assert.equal((await create(context, given)).run.status, "FAILED");
    assert.equal(context.lines.length, 1);
  });

  it("takes a run that succeeded for bad when that is not accepted", async () => {
    const getRun = (): Promise<typeof limited> => Promise.resolve(aRun({ status: "SUCCEEDED" }));
    const context = testContext(failing({ getRun }));
    const error = await plainErrorOf(create(context, { ...args, acceptStatuses: ["ABORTED"] }));
    assert.match(error.message, /^Run run1 ended as SUCCEEDED\n/);
  });

  it("adds the status to those that are accepted already, and claims nothing of an Actor that failed itself", async () => {
    const first = testContext(failing({ getRun: () => Promise.resolve(limited) }));
    const given: Inputs = { ...args, acceptStatuses: ["SUCCEEDED", "TIMED-OUT"] };
    const { message } = await plainErrorOf(create(first, given));
    assert.match(message, /acceptStatuses: \["SUCCEEDED", "TIMED-OUT", "FAILED"\]\.$/m);
    const failed = { ...limited, exitCode: 1 };
    const second = testContext(failing({ getRun: () => Promise.resolve(failed) }));
    const [, line] = (await plainErrorOf(create(second, args))).message.split("\n");
    assert.equal(
      line,
      "Before that it had used up maxTotalChargeUsd (2 of 2 USD), and Apify stops a run then.",
    );
  });

  it("says that a limit of the user's own ended it, and what to do", async () => {
    const context = testContext(failing({ getRun: () => Promise.resolve(limited) }));
    const error = await plainErrorOf(create(context, args));
    assert.deepEqual(error.message.split("\n").slice(0, 2), [
      "Run run1 ended as FAILED: Stopped",
      'This is no failure of the Actor: it had used up maxTotalChargeUsd (2 of 2 USD), and Apify stops a run then. Raise the limit, or accept the status with acceptStatuses: ["SUCCEEDED", "FAILED"].',
    ]);
  });
});

describe("create, with a task that is tracked", () => {
  const ended = { getRun: () => Promise.resolve(aRun({ status: "SUCCEEDED" })) };
  const tracking: Inputs = { ...args, trackTask: true, trackedTask: "seen by check" };

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
    it(`records what a run had that is taken over, when the task was edited ${when} its start`, async () => {
      const getTask = (): Promise<typeof task> => Promise.resolve({ ...task, modifiedAt });
      const context = testContext(startingClient({ ...ended, getTask, listTaskRuns: aLiveRun }));
      const state = await create(context, tracking);
      assert.equal(state.trackedTask, recorded);
      assert.match(context.lines[0] ?? "", /^Run run1 taken over/);
      const next = { ...tracking, trackedTask: taskFingerprint(task) };
      assert.equal(diff(state, next, at()).action, when === "before" ? "nothing" : "rerun");
    });
  }

  it("does not read a task that is not tracked", async () => {
    const client = startingClient({ ...ended, getTask: () => assert.fail("read") });
    assert.equal("trackedTask" in (await create(testContext(client), args)), false);
  });
});

describe("create, with a run that may be there already", () => {
  let apify: TestApify;
  beforeEach(async () => {
    apify = await startApify();
  });
  afterEach(() => apify.close());

  /** What a deployment knows that replaces a run which ended before the others. */
  function memory(): DeploymentMemory {
    const known = createMemory();
    const old = aState({ id: "old", startedAt: "2020-01-01T00:00:00.000Z" });
    known.decided(owner, old, { action: "rerun", because: ["cron"] });
    return known;
  }

  /** A run that a deployment started which was killed, and that has ended since. */
  async function leftBehind(status: string): Promise<string> {
    const { run } = await create(apify.context(), { ...args, waitSecs: 0 });
    apify.emulator.finish(run.id, { status });
    return run.id;
  }

  const found: readonly (readonly [string, Partial<Inputs>, string, boolean])[] = [
    ["is fresh", { maxAgeSecs: 3600 }, "SUCCEEDED", true],
    ["is too old", { maxAgeSecs: 60 }, "SUCCEEDED", false],
    ["had no tick since", { cron: "0 0 1 1 *" }, "SUCCEEDED", true],
    ["had a tick since", { cron: "* * * * *" }, "SUCCEEDED", false],
    ["ended as it may", { acceptStatuses: ["ABORTED"] }, "ABORTED", true],
    ["ended as it may not", { acceptStatuses: ["ABORTED"] }, "SUCCEEDED", false],
  ];
  for (const [what, given, status, isTaken] of found) {
    it(`${isTaken ? "takes over" : "does not take over"} one that ${what}`, async () => {
      const clock = createAutoClock();
      const runId = await leftBehind(status);
      const startedAt = Date.parse(apify.emulator.run(runId)?.startedAt ?? "");
      clock.advance(startedAt - clock.epochMillis() + 600_000);
      const context = apify.context({ memory: memory(), clock });
      apify.whenPolled((id) => {
        apify.emulator.finish(id, { status });
      });
      const { run } = await create(context, { ...args, ...given, onFailure: "continue" });
      assert.equal(run.id === runId, isTaken);
    });
  }
});

describe("create, on a machine whose clock is ahead of Apify's", () => {
  const ended = { getRun: () => Promise.resolve(aRun({ status: "SUCCEEDED" })) };
  const daily: Inputs = { ...args, cron: "0 3 * * *" };
  const due = { isUnknown, nowMillis: Date.parse("2026-01-01T03:00:05Z") };

  /** The clock of a machine that takes the moment when `aRun` starts for shortly after 3:00. */
  function clockAhead(): FakeClock {
    const clock = createAutoClock();
    clock.advance(due.nowMillis - clock.epochMillis());
    return clock;
  }

  it("records when the run was asked for, so that the tick it was for is over", async () => {
    const state = await create(testContext(startingClient(ended), { clock: clockAhead() }), daily);
    assert.equal(state.askedAt, "2026-01-01T03:00:05.000Z");
    assert.deepEqual(diff(state, daily, due), { action: "nothing" });
    const nextDay = { isUnknown, nowMillis: Date.parse("2026-01-02T03:00:00Z") };
    assert.deepEqual(diff(state, daily, nextDay), { action: "rerun", because: ["cron"] });
  });

  it("records nothing of that where the clocks agree", async () => {
    assert.equal("askedAt" in (await create(testContext(startingClient(ended)), daily)), false);
  });

  it("does not take a run for fresh that was started before and is taken over", async () => {
    const getTask = (): Promise<typeof task> => Promise.resolve({ ...task, id: "task1" });
    const client = fakeClient({
      getTask,
      getRun: () => Promise.resolve(aRun({ status: "SUCCEEDED", actorTaskId: "task1" })),
    });
    const adopting = { ...daily, adoptRunId: "run1" };
    const state = await create(testContext(client, { clock: clockAhead() }), adopting);
    assert.equal("askedAt" in state, false);
    assert.deepEqual(diff(state, daily, due), { action: "rerun", because: ["cron"] });
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
    const state = await create(testContext(client), first.args as Partial<Inputs> as Inputs);
    const second = await check(
      testContext(fakeClient({ getTask: () => Promise.resolve(task) })),
      first.args,
      given,
    );
    const decision = diff(state, second.args as Partial<Inputs> as Inputs, at());
    assert.deepEqual(decision, { action: "nothing" });
  });
});
