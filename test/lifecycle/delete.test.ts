import assert from "node:assert/strict";
import { ApifyError } from "../../provider/apify/errors";
import { deleteTaskRun } from "../../provider/lifecycle/delete";
import { TaskRunError } from "../../provider/lifecycle/errors";
import { recordState } from "../../provider/lifecycle/state";
import { createAutoClock } from "../support/fakeClock";
import { aRun } from "../support/run";
import { aState, consoleUrl, fakeClient, startApify, testContext } from "./support";
import type { OnDelete } from "../../provider/pulumi/args";
import type { TaskRunState } from "../../provider/lifecycle/state";
import type { TestApify } from "./support";

describe("delete", () => {
  let apify: TestApify;
  beforeEach(async () => {
    apify = await startApify();
  });
  afterEach(() => apify.close());

  /** The stored state of a run that was just started. */
  async function started(onDelete?: OnDelete): Promise<TaskRunState> {
    const outcome = await apify.client.startTaskRun({ actorTaskId: "janedoe~scrape" });
    assert.ok(outcome.outcome === "started" && outcome.run !== undefined);
    const account = { client: apify.client, baseUrl: apify.emulator.url, consoleUrl };
    await apify.emulator.whenRun(({ status }) => status === "READY");
    apify.emulator.setStatus(outcome.runId, { status: "RUNNING" });
    apify.emulator.clearRequests();
    return recordState({ actorTaskId: "janedoe~scrape", onDelete }, outcome.run, account);
  }

  function writes(): readonly string[] {
    return apify.emulator.writes().map(({ method, pathname }) => `${method} ${pathname}`);
  }

  /** Whether the run and each of its storages can still be read. */
  async function left({ run }: TaskRunState): Promise<readonly string[]> {
    const paths = [
      `actor-runs/${run.id}`,
      `datasets/${run.defaultDatasetId}`,
      `key-value-stores/${run.defaultKeyValueStoreId}`,
      `request-queues/${run.defaultRequestQueueId}`,
    ];
    const found = await Promise.all(
      paths.map(async (path) => {
        const response = await fetch(`${apify.emulator.url}/v2/${path}`, {
          headers: { Authorization: "Bearer jane-token" },
        });
        return response.ok ? [path.split("/")[0] ?? ""] : [];
      }),
    );
    return found.flat();
  }

  const all = ["actor-runs", "datasets", "key-value-stores", "request-queues"];

  for (const policy of [undefined, "abort"] as const) {
    const named = policy === undefined ? "without onDelete" : `with onDelete "${policy}"`;

    it(`${named} aborts a run that goes on, says so, and leaves its data`, async () => {
      const state = await started(policy);
      const context = apify.context();
      await deleteTaskRun(context, state);
      assert.deepEqual(writes(), [`POST /v2/actor-runs/${state.run.id}/abort`]);
      assert.equal(apify.emulator.run(state.run.id)?.status, "ABORTED");
      assert.deepEqual(context.lines, [`Aborting run ${state.run.id}, which is still going.`]);
      assert.deepEqual(await left(state), all);
    });

    it(`${named} does nothing to a run that has ended`, async () => {
      const state = await started(policy);
      apify.emulator.finish(state.run.id);
      const context = apify.context();
      await deleteTaskRun(context, state);
      assert.deepEqual(writes(), []);
      assert.deepEqual(context.lines, []);
    });

    it(`${named} has nothing to do for a run that is gone`, async () => {
      const state = await started(policy);
      apify.emulator.expireRun(state.run.id);
      await deleteTaskRun(apify.context(), state);
      assert.deepEqual(writes(), []);
    });
  }

  it("asks Apify nothing when the run is to be kept", async () => {
    const state = await started("keep");
    await deleteTaskRun(apify.context(), state);
    assert.deepEqual(apify.emulator.requests, []);
    assert.equal(apify.emulator.liveRuns().length, 1);
  });

  it("purges a run that has ended with its three storages", async () => {
    const state = await started("purge");
    apify.emulator.finish(state.run.id);
    await deleteTaskRun(apify.context(), state);
    assert.deepEqual(await left(state), []);
    assert.deepEqual([...writes()].sort(), [
      `DELETE /v2/actor-runs/${state.run.id}`,
      `DELETE /v2/datasets/${state.run.defaultDatasetId}`,
      `DELETE /v2/key-value-stores/${state.run.defaultKeyValueStoreId}`,
      `DELETE /v2/request-queues/${state.run.defaultRequestQueueId}`,
    ]);
  });

  it("purges a run that goes on after having aborted it", async () => {
    const state = await started("purge");
    await deleteTaskRun(apify.context(), state);
    assert.equal(writes()[0], `POST /v2/actor-runs/${state.run.id}/abort`);
    assert.deepEqual(await left(state), []);
  });

  it("purges what is left of a run that is gone", async () => {
    const state = await started("purge");
    apify.emulator.expireRun(state.run.id);
    await deleteTaskRun(apify.context(), state);
    assert.deepEqual(await left(state), []);
  });

  it("says what could not be purged, why, and where it is", async () => {
    const state = await started("purge");
    apify.emulator.finish(state.run.id);
    apify.emulator.use(({ method, pathname }, { response }) => {
      if (method !== "DELETE" || !pathname.startsWith("/v2/datasets/")) return "pass";
      const error = { type: "insufficient-permissions", message: "You may not." };
      response.writeHead(403, { "Content-Type": "application/json" });
      response.end(JSON.stringify({ error }));
      return "handled";
    });
    await assert.rejects(deleteTaskRun(apify.context(), state), (error: Error) => {
      assert.ok(error instanceof TaskRunError, error.stack);
      const dataset = `datasets/${state.run.defaultDatasetId}`;
      assert.deepEqual(error.message.split("\n"), [
        `Not all data of run ${state.run.id} could be deleted (onDelete: "purge"). Left are:`,
        `  ${dataset}: Apify answered 403 insufficient-permissions to DELETE /v2/${dataset}: You may not.`,
        `See ${state.links.console}. Try again, or set onDelete to "keep" to leave it there.`,
      ]);
      return true;
    });
    assert.deepEqual(await left(state), ["datasets"]);
  });
});

describe("delete, with a run that is slow to end", () => {
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

  it("fails when it cannot be known whether the run goes on", async () => {
    const body = { type: "x", message: "No.", data: undefined };
    const forbidden = new ApifyError({ method: "GET", path: "/x" }, 403, body);
    const client = fakeClient({ getRun: () => Promise.reject(forbidden) });
    await assert.rejects(deleteTaskRun(testContext(client), purging), { name: "ApifyError" });
  });
});
