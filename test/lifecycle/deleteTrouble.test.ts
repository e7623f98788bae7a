import assert from "node:assert/strict";
import { ApifyError } from "../../provider/apify/errors";
import { deleteTaskRun } from "../../provider/lifecycle/delete";
import { createAutoClock } from "../support/fakeClock";
import { aRun } from "../support/run";
import { aState, fakeClient, testContext } from "./support";

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

  it("deletes nothing of a run that does not end within 90 s", async () => {
    const clock = createAutoClock();
    const client = fakeClient({
      getRun: (_id, { waitSecs = 0 } = {}) => {
        clock.advance(waitSecs * 1000);
        return Promise.resolve(aborting);
      },
      abortRun: () => Promise.resolve(aborting),
    });
    const began = clock.monotonicMillis();
    await assert.rejects(deleteTaskRun(testContext(client, { clock }), purging), {
      name: "TaskRunError",
      message:
        "Run run1 was aborted but has not ended (the wait limit of 90 s is over), so its data was not deleted. See console link",
    });
    assert.equal(clock.monotonicMillis() - began, 90_000);
  });

  it("takes a run that goes while it is being aborted for done", async () => {
    const body = { type: "record-not-found", message: "Run was not found", data: undefined };
    const missing = new ApifyError({ method: "POST", path: "/x" }, 404, body);
    const client = fakeClient({
      getRun: () => Promise.resolve(aRun()),
      abortRun: () => Promise.reject(missing),
    });
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
