import assert from "node:assert/strict";
import { ApifyError, ApifyNoResponseError } from "../../../../provider/apify/errors";
import { deleteTaskRun } from "../../../../provider/resources/taskRun/delete";
import { decide } from "../../../../provider/resources/taskRun/decide";
import { read } from "../../../../provider/resources/taskRun/read";
import { update } from "../../../../provider/resources/taskRun/update";
import { createAutoClock } from "../../../support/fakeClock";
import { aRun } from "../../../support/run";
import {
  aState,
  at,
  consoleUrl,
  fakeClient,
  partialFailureOf,
  testContext,
} from "../../support/taskRuns";
import type { Args } from "../../../../provider/resources/taskRun/argumentTable";
import type { Account } from "../../../../provider/resources/account";
import type { Run } from "../../../../provider/apify/schemas/run";

const args: Args = { actorTaskId: "janedoe~scrape" };
const live = aState({ status: "RUNNING" });
const link = `${consoleUrl}/actors/tasks/task1/runs/run1`;

function seeing(run: Partial<Run>): ReturnType<typeof fakeClient> {
  return fakeClient({
    getRun: () => Promise.resolve(aRun(run)),
    getRunLogTail: () => Promise.resolve(["the last line"]),
  });
}

describe("update", () => {
  it("waits on for a run that goes on, says so and stores its end with the new arguments", async () => {
    const context = testContext(seeing({ status: "SUCCEEDED", exitCode: 0 }));
    const state = await update(context, live, { ...args, onDelete: "keep" });
    assert.deepEqual(context.lines, ["Resuming the wait for run run1: console link"]);
    assert.equal(state.run.status, "SUCCEEDED");
    assert.equal(state.onDelete, "keep");
    assert.equal(state.links.console, link);
  });

  it("records a run that did not succeed, so that the next deployment reruns because of it", async () => {
    const context = testContext(seeing({ status: "FAILED", exitCode: 3 }));
    const error = await partialFailureOf(update(context, live, { ...args, onDelete: "keep" }));
    assert.equal(error.state.run.status, "FAILED");
    assert.equal(error.state.onDelete, "keep");
    assert.deepEqual(error.message.split("\n"), [
      "Run run1 ended with status FAILED (exit code 3)",
      `See ${link}`,
      "The end of its log:",
      "  the last line",
      "The last good run, if there is one, is kept. Correct the cause before the next `pulumi up`, which runs the task again.",
      'Pulumi marks the stack\'s outputs with "-", but they are not deleted: run `pulumi stack output` to see them.',
    ]);
  });

  it('records a run that did not succeed with onFailure "continue", says so and fails nothing', async () => {
    const context = testContext(seeing({ status: "FAILED", exitCode: 3 }));
    const given: Args = { ...args, onFailure: "continue" };
    const state = await update(context, live, given);
    assert.equal(state.run.status, "FAILED");
    assert.match(context.lines[1] ?? "", /^Run run1 ended with status FAILED \(exit code 3\)\n/);
    assert.deepEqual(decide(state, given, at()), {
      action: "rerun",
      reasons: [{ property: "status" }],
    });
  });

  it("has the data of the run before it kept from a purge then", async () => {
    const context = testContext(seeing({ status: "FAILED" }));
    context.ledger.recordDeclaration(context.owner, "new");
    await update(context, live, { ...args, onFailure: "continue" });
    await deleteTaskRun(context, aState({ id: "good" }, { onDelete: "purge" }));
    assert.match(context.lines.at(-1) ?? "", /^Run good and its data are not purged \(`onDelete/);
  });

  it("takes a run for good that ends with an accepted status", async () => {
    const context = testContext(seeing({ status: "ABORTED" }));
    const given: Args = { ...args, acceptStatuses: ["ABORTED"] };
    assert.equal((await update(context, live, given)).run.status, "ABORTED");
    assert.equal(context.lines.length, 1);
  });

  it("stores what is tracked from now on, and asks Apify nothing", async () => {
    const given = { ...args, trackTask: true, trackedTask: "one" };
    const state = await update(testContext(fakeClient()), aState(), given);
    assert.equal(state.trackedTask, "one");
    assert.deepEqual(decide(state, given, at()), { action: "nothing" });
  });

  it("keeps the run when the wait ends before the run does", async () => {
    const clock = createAutoClock();
    const client = fakeClient({
      getRun: (_id, { waitSecs = 0 } = {}) => {
        clock.advance(waitSecs * 1000);
        return Promise.resolve(aRun({ statusMessage: "page 3" }));
      },
    });
    const context = testContext(client, { clock, timeLimitSecs: { create: 1, update: 30 } });
    const began = clock.monotonicMillis();
    const error = await partialFailureOf(update(context, live, args));
    assert.equal(clock.monotonicMillis() - began, 30_000);
    assert.equal(error.state.run.statusMessage, "page 3");
  });

  it("says what to do about a run that Apify has deleted, and has a refresh lead to another one", async () => {
    const place = { method: "GET", path: "/v2/actor-runs/run1" };
    const gone = new ApifyError(place, 404, { type: "t", message: "No.", data: undefined });
    const client = fakeClient({ getRun: () => Promise.reject(gone) });
    const error = await partialFailureOf(update(testContext(client), live, args));
    const [what, seen, , next] = error.message.split("\n");
    assert.match(
      what ?? "",
      /^Stopped waiting for run run1: the run could not be read for 6\d s: /,
    );
    assert.equal(seen, "Its status when it was last read: RUNNING");
    assert.equal(
      next,
      "If the run was deleted, run `pulumi refresh` and then `pulumi up`, which runs the task again. Otherwise run `pulumi up`: it waits for this run.",
    );
    const refreshed = await read(testContext(client), "run1", error.state);
    assert.deepEqual(decide(refreshed, args, at()), {
      action: "rerun",
      reasons: [{ property: "status" }],
    });
  });

  it("keeps the run when it cannot be read", async () => {
    const place = { method: "GET", path: "/v2/actor-runs/run1" };
    const failure = new ApifyNoResponseError(place, "unreachable", "ECONNREFUSED");
    const client = fakeClient({ getRun: () => Promise.reject(failure) });
    const error = await partialFailureOf(update(testContext(client), live, args));
    assert.deepEqual(error.state.run, live.run);
  });

  for (const [what, state, given] of [
    ["the run succeeded", aState(), { ...args, onDelete: "purge" }],
    ["the run has expired", aState({ status: "RUNNING" }, { expired: true }), args],
    ["nobody waits", live, { ...args, waitSecs: 0, onDelete: "keep" }],
  ] as const) {
    it(`only stores the arguments, and asks Apify nothing, when ${what}`, async () => {
      const context = testContext(fakeClient());
      const { run, links, expired } = state;
      assert.deepEqual(await update(context, state, given), { ...given, run, links, expired });
      assert.deepEqual(context.lines, []);
    });
  }

  it("forgets an argument that was taken away", async () => {
    const state = aState({}, { onDelete: "keep" });
    assert.equal("onDelete" in (await update(testContext(fakeClient()), state, args)), false);
  });

  for (const [what, run] of [
    ["ended", { status: "SUCCEEDED" }],
    ["goes on", { status: "RUNNING" }],
  ] as const) {
    it(`keeps the intent that a run was used for, which ${what}, so that a change counts later`, async () => {
      const state = aState(run, { adoptRunId: "run1", build: "latest" });
      const context = testContext(seeing({ status: "SUCCEEDED" }));
      const given: Args = {
        ...args,
        adoptRunId: "run1",
        input: { a: 1 },
        memoryMbytes: 512,
        onDelete: "keep",
      };
      const updated = await update(context, state, given);
      assert.equal(updated.input, undefined);
      assert.equal(updated.build, "latest");
      assert.equal(updated.memoryMbytes, 512);
      assert.equal(updated.onDelete, "keep");
      const without = { ...given, adoptRunId: undefined };
      assert.deepEqual(decide(updated, without, at()), {
        action: "rerun",
        reasons: [{ property: "input" }, { property: "build" }],
      });
    });
  }

  describe("with another account", () => {
    const given: Args = { ...args, account: "new" };
    const going = aState({ status: "RUNNING" }, { account: "old" });

    /** What waits, the accounts that were asked for, and those that there are. */
    function contextOf(run: Partial<Run>, ...known: readonly (string | undefined)[]) {
      const context = testContext(seeing(run));
      const asked: (string | undefined)[] = [];
      const account = (name?: string): Account => {
        asked.push(name);
        if (!known.includes(name)) throw new Error(`there is no account ${name ?? ""}`);
        return context.account();
      };
      return { context: { ...context, account }, asked };
    }

    it("waits on with the one that has the run, and records the new one after its end", async () => {
      const { context, asked } = contextOf({ status: "SUCCEEDED" }, "old", "new");
      assert.equal((await update(context, going, given)).account, "new");
      assert.deepEqual(asked, ["old"]);
    });

    it("keeps the one that has the run while it is going", async () => {
      const { context } = contextOf({ status: "RUNNING" }, "old", "new");
      const waiting = update({ ...context, signal: AbortSignal.abort() }, going, given);
      assert.equal((await partialFailureOf(waiting)).state.account, "old");
    });

    it("waits on with the new one when the other one is not configured any more", async () => {
      const { context, asked } = contextOf({ status: "SUCCEEDED" }, "new");
      await update(context, going, given);
      assert.deepEqual(asked, ["old", "new"]);
    });
  });

  it("keeps when the run was asked for", async () => {
    const state = aState({}, { askedAt: "2026-01-01T03:00:05Z" });
    assert.equal((await update(testContext(fakeClient()), state, args)).askedAt, state.askedAt);
  });

  it("keeps the fingerprint of the task as it was at the start when it could not be looked up now", async () => {
    const state = aState({}, { trackTask: true, trackedTask: "then", onDelete: "keep" });
    const context = testContext(fakeClient());
    const given = { actorTaskId: state.actorTaskId, trackTask: true };
    assert.equal((await update(context, state, given)).trackedTask, "then");
    assert.equal(
      (await update(context, state, { ...given, trackedTask: "now" })).trackedTask,
      "now",
    );
    const untracked = { actorTaskId: state.actorTaskId };
    assert.equal((await update(context, state, untracked)).trackedTask, undefined);
  });
});
