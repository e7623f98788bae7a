import assert from "node:assert/strict";
import { check } from "../../../../provider/resources/taskRun/check";
import { deleteTaskRun } from "../../../../provider/resources/taskRun/delete";
import { read } from "../../../../provider/resources/taskRun/read";
import { aRun } from "../../../support/run";
import { aState, fakeClient, testContext } from "../../support/taskRuns";
import type { RetryOptions } from "../../../../provider/apify/apiRequest";
import type { ApifyClient } from "../../../../provider/apify/client";

/** A request that is answered the second time. */
function slow<T>(what: string, answer: T, retryOptions: RetryOptions | undefined): Promise<T> {
  retryOptions?.onPause?.(`no response to ${what}`);
  return Promise.resolve(answer);
}

const task = { id: "task1", userId: "user1", actId: "actor1", name: "scrape" };
const actor = { id: "actor1", name: "scraper" };

const client: ApifyClient = fakeClient({
  getRun: (_id, options) => {
    const isWait = options?.waitSecs !== undefined;
    const run = aRun({ status: isWait ? "ABORTED" : "RUNNING" });
    return slow("the run", run, options);
  },
  abortRun: (_id, _manner, retryOptions) =>
    slow("the abort", aRun({ status: "ABORTING" }), retryOptions),
  deleteRun: (_id, retryOptions) => slow("the deletion", undefined, retryOptions),
  deleteStorage: (kind, _id, retryOptions) =>
    slow(`the deletion of ${kind}`, undefined, retryOptions),
  getTask: (_id, retryOptions) => slow("the task", task, retryOptions),
  getActor: (_id, retryOptions) => slow("the Actor", actor, retryOptions),
});

describe("while Apify does not answer", () => {
  it("a refresh shows why in the row, and for how long", async () => {
    const context = testContext(client);
    await read(context, "run1", aState({ status: "RUNNING" }));
    assert.deepEqual(context.statuses, ["waiting for Apify: no response to the run"]);
  });

  it("a deletion shows it at each request", async () => {
    const context = testContext(client);
    await deleteTaskRun(context, aState({ status: "RUNNING" }, { onDelete: "purge" }));
    assert.deepEqual(context.statuses, [
      "waiting for Apify: no response to the run",
      "waiting for Apify: no response to the abort",
      "waiting for Apify: no response to the deletion",
      "waiting for Apify: no response to the deletion of datasets",
      "waiting for Apify: no response to the deletion of key-value-stores",
      "waiting for Apify: no response to the deletion of request-queues",
    ]);
    const aborting = testContext(client);
    await deleteTaskRun(aborting, aState({ status: "RUNNING" }));
    assert.deepEqual(aborting.statuses, context.statuses.slice(0, 2));
  });

  it("a preview that looks something up shows it", async () => {
    const context = testContext(client);
    await check(context, {}, { actorTaskId: "janedoe~scrape", trackBuild: true, trackTask: true });
    assert.deepEqual(context.statuses, [
      "waiting for Apify: no response to the task",
      "waiting for Apify: no response to the Actor",
    ]);
  });
});
