import assert from "node:assert/strict";
import { ApifyError } from "../../../../provider/apify/errors";
import { deleteTaskRun } from "../../../../provider/resources/taskRun/delete";
import { createAutoClock } from "../../../support/fakeClock";
import { aRun } from "../../../support/run";
import { aState, fakeClient, plainErrorOf, testContext } from "../../support/taskRuns";
import type { Run } from "../../../../provider/apify/schemas/run";

function missing(): Promise<never> {
  const body = { type: "record-not-found", message: "Run was not found", data: undefined };
  return Promise.reject(new ApifyError({ method: "POST", path: "/x" }, 404, body));
}

describe("delete, with a run that does not end as it should", () => {
  const aborting = aRun({ status: "ABORTING" });
  const purging = aState({ status: "RUNNING" }, { onDelete: "purge" });

  it("waits until the aborted run has ended before it deletes anything", async () => {
    const clock = createAutoClock();
    const calls: string[] = [];
    let polls = 0;
    const client = fakeClient({
      getRun: (_id, { waitSecs } = {}) => {
        if (waitSecs === undefined) return Promise.resolve(aRun());
        calls.push("poll");
        clock.advance(waitSecs * 1000);
        polls++;
        return Promise.resolve(polls < 3 ? aborting : aRun({ status: "ABORTED" }));
      },
      abortRun: () => {
        calls.push("abort");
        return Promise.resolve(aborting);
      },
      deleteRun: () => {
        calls.push("delete run");
        return Promise.resolve();
      },
      deleteStorage: (kind, id) => {
        calls.push(`delete ${kind} ${id}`);
        return Promise.resolve();
      },
    });
    await deleteTaskRun(testContext(client, { clock }), purging);
    assert.deepEqual(calls, [
      "abort",
      "poll",
      "poll",
      "poll",
      "delete run",
      "delete datasets dataset1",
      "delete key-value-stores store1",
      "delete request-queues queue1",
    ]);
  });

  for (const [onDelete, run] of [
    ["abort", { status: "RUNNING" }],
    ["purge", { status: "SUCCEEDED" }],
    ["purge", { status: "RUNNING" }],
  ] as const) {
    for (const seen of ["is seen", "is not found"]) {
      it(`does not take a run for gone that another account has: "${onDelete}" of one that is ${run.status} and ${seen}`, async () => {
        const other = fakeClient({
          getRun: () => (seen === "is seen" ? Promise.resolve(aRun(run)) : missing()),
          abortRun: missing,
          deleteRun: missing,
          deleteStorage: missing,
          getUser: () => Promise.resolve({ id: "another" }),
        });
        const state = aState(run, { onDelete });
        const error = await plainErrorOf(deleteTaskRun(testContext(other), state));
        assert.match(error.message, /^Run run1 belongs to another account, so this token/);
        await deleteTaskRun(testContext(other), { ...state, expired: true });
        const own = { ...other, getUser: () => Promise.resolve({ id: state.run.userId ?? "" }) };
        await deleteTaskRun(testContext(own), state);
      });
    }
  }

  /** A run that goes on until it has been aborted so often, and what is done to it with the seconds since the begin. */
  function stubborn(endsAfter: number) {
    const clock = createAutoClock();
    const began = clock.monotonicMillis();
    const calls: string[] = [];
    const note = (what: string): void => {
      calls.push(`${what} after ${(clock.monotonicMillis() - began) / 1000} s`);
    };
    let aborts = 0;
    const seen = (): Run => (aborts < endsAfter ? aborting : aRun({ status: "ABORTED" }));
    const client = fakeClient({
      getRun: (_id, { waitSecs = 0 } = {}) => {
        if (aborts < endsAfter) clock.advance(waitSecs * 1000);
        return Promise.resolve(seen());
      },
      abortRun: (_id, manner) => {
        note(`abort ${manner ?? ""}`);
        aborts++;
        return Promise.resolve(seen());
      },
      deleteRun: () => {
        note("delete");
        return Promise.resolve();
      },
      deleteStorage: () => Promise.resolve(),
    });
    return { context: testContext(client, { clock }), calls, note };
  }

  it("aborts by force what has not ended 35 s after it was asked to", async () => {
    const { context, calls } = stubborn(2);
    await deleteTaskRun(context, purging);
    assert.deepEqual(calls, [
      "abort gracefully after 0 s",
      "abort at once after 35 s",
      "delete after 35 s",
    ]);
    assert.deepEqual(context.lines, [
      "Aborting run run1, which is still running.",
      "Force-aborting run run1.",
    ]);
  });

  it("deletes nothing of a run that has not ended a minute after it was aborted by force", async () => {
    const { context, calls, note } = stubborn(3);
    await assert.rejects(deleteTaskRun(context, purging), {
      name: "ProviderError",
      message:
        'Run run1 was aborted but has not ended, so neither it nor its data was deleted. See console link\nDelete the resource again to retry. To leave the rest on Apify instead, set `onDelete` to "keep", run `pulumi up`, and then delete it.',
    });
    note("error");
    assert.deepEqual(calls, [
      "abort gracefully after 0 s",
      "abort at once after 35 s",
      "error after 95 s",
    ]);
  });

  for (const [what, answers] of [
    ["before it is aborted", { abortRun: missing }],
    ["while it ends", { abortRun: () => Promise.resolve(aborting) }],
  ] as const) {
    it(`purges what is left of a run that goes ${what}`, async () => {
      const clock = createAutoClock();
      const deleted: string[] = [];
      let reads = 0;
      const client = fakeClient({
        ...answers,
        getRun: (_id, { waitSecs = 0 } = {}) => {
          clock.advance(waitSecs * 1000);
          return ++reads === 1 ? Promise.resolve(aRun()) : missing();
        },
        deleteRun: missing,
        deleteStorage: (_kind, id) => {
          deleted.push(id);
          return Promise.resolve();
        },
      });
      await deleteTaskRun(testContext(client, { clock }), purging);
      assert.deepEqual(deleted, ["dataset1", "store1", "queue1"]);
    });
  }

  it("takes a run that goes while it is being aborted for done", async () => {
    const client = fakeClient({ getRun: () => Promise.resolve(aRun()), abortRun: missing });
    await deleteTaskRun(testContext(client), aState({ status: "RUNNING" }));
  });

  it("names the run when it is the run that cannot be purged", async () => {
    const body = { type: "x", message: "No.", data: undefined };
    const client = fakeClient({
      getRun: () => Promise.resolve(aRun({ status: "SUCCEEDED" })),
      deleteRun: () => Promise.reject(new ApifyError({ method: "DELETE", path: "/x" }, 400, body)),
      deleteStorage: () => Promise.resolve(),
    });
    await assert.rejects(deleteTaskRun(testContext(client), purging), (error: Error) => {
      assert.equal(
        error.message.split("\n")[1],
        "  run run1: Apify answered 400 x to DELETE /x: No.",
      );
      return true;
    });
  });

  it("fails when it cannot be known whether the run goes on", async () => {
    const body = { type: "x", message: "No.", data: undefined };
    const forbidden = new ApifyError({ method: "GET", path: "/x" }, 403, body);
    const client = fakeClient({ getRun: () => Promise.reject(forbidden) });
    await assert.rejects(deleteTaskRun(testContext(client), purging), { name: "ApifyError" });
  });
});
