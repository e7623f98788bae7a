import assert from "node:assert/strict";
import { deleteTaskRun } from "../../../../provider/resources/taskRun/delete";
import { ProviderError } from "../../../../provider/resources/errors";
import { stateOf } from "../../../../provider/resources/taskRun/state";
import { consoleUrl, startApify } from "../../support/taskRuns";
import type { OnDelete } from "../../../../provider/program/taskRunArgs";
import type { TaskRunState } from "../../../../provider/resources/taskRun/state";
import type { TestApify } from "../../support/taskRuns";

describe("delete", () => {
  let apify: TestApify;
  beforeEach(async () => {
    apify = await startApify();
  });
  afterEach(() => apify.close());

  /** The stored state of a run that was just started. */
  async function started(onDelete?: OnDelete): Promise<TaskRunState> {
    const outcome = await apify.client.startTaskRun({
      actorTaskId: "janedoe~scrape",
      userAgentNote: "(a test)",
    });
    assert.ok(outcome.outcome === "started" && outcome.run !== undefined);
    const account = {
      client: apify.client,
      tokenFrom: "APIFY_TOKEN",
      baseUrl: apify.emulator.url,
      consoleUrl,
    };
    await apify.emulator.whenRun(({ status }) => status === "READY");
    apify.emulator.setStatus(outcome.runId, { status: "RUNNING" });
    apify.emulator.clearRequests();
    return stateOf({ actorTaskId: "janedoe~scrape", onDelete }, outcome.run, account);
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
      assert.deepEqual(context.lines, [`Aborting run ${state.run.id}, which is still running.`]);
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

    it(`${named} does no more for a run that is gone than to abort it, unless it is known to have ended`, async () => {
      const state = await started(policy);
      const { id } = state.run;
      apify.emulator.expireRun(id);
      const context = apify.context();
      await deleteTaskRun(context, state);
      assert.deepEqual(writes(), [`POST /v2/actor-runs/${id}/abort`]);
      assert.deepEqual(context.lines, []);
      await deleteTaskRun(context, { ...state, expired: true });
      await deleteTaskRun(context, { ...state, run: { ...state.run, status: "SUCCEEDED" } });
      assert.equal(writes().length, 1);
    });
  }

  for (const policy of ["abort", "purge"] as const) {
    const leftAlone = (id: string): string[] => [`Run ${id} is kept: the stack still uses it.`];

    it(`with onDelete "${policy}" leaves a run alone that another resource was given, and says so`, async () => {
      const state = await started(policy);
      const context = apify.context();
      context.ledger.recordRun("another owner", state.run.id);
      await deleteTaskRun(context, state);
      assert.deepEqual(apify.emulator.requests, []);
      assert.deepEqual(context.lines, leftAlone(state.run.id));
    });

    it(`with onDelete "${policy}" leaves a run alone that another resource goes on to have`, async () => {
      const state = await started(policy);
      const context = apify.context();
      context.ledger.recordDeclaration("another owner", "new");
      context.ledger.recordDecision("another owner", state, { action: "nothing" });
      await deleteTaskRun(context, state);
      assert.deepEqual(apify.emulator.requests, []);
      assert.deepEqual(context.lines, leftAlone(state.run.id));
    });

    it(`with onDelete "${policy}" leaves a run alone that the resource's successor has`, async () => {
      const state = await started(policy);
      const context = apify.context();
      context.ledger.recordRun(context.owner, state.run.id);
      await deleteTaskRun(context, state);
      assert.deepEqual(apify.emulator.requests, []);
    });
  }

  it("ends a run that its own resource was to keep, and that nobody else has", async () => {
    const state = await started();
    const context = apify.context();
    context.ledger.recordDecision(context.owner, state, { action: "nothing" });
    context.ledger.recordRun(context.owner, "another run");
    await deleteTaskRun(context, state);
    assert.equal(apify.emulator.run(state.run.id)?.status, "ABORTED");
  });

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
    const context = apify.context();
    apify.whenPolled(() => {
      apify.time.advance(30_000);
    });
    await deleteTaskRun(context, state);
    const [abort, ...others] = apify.emulator.writes();
    assert.equal(abort?.path, `/v2/actor-runs/${state.run.id}/abort?gracefully=true`);
    assert.ok(others.every(({ method }) => method === "DELETE"));
    assert.deepEqual(context.lines, [`Aborting run ${state.run.id}, which is still running.`]);
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
      assert.ok(error instanceof ProviderError, error.stack);
      const dataset = `datasets/${state.run.defaultDatasetId}`;
      assert.deepEqual(error.message.split("\n"), [
        `Not all data of run ${state.run.id} could be deleted (\`onDelete: "purge"\`). Still on Apify:`,
        `  ${dataset}: Apify answered 403 insufficient-permissions to DELETE /v2/${dataset}: You may not.`,
        `See ${state.links.console}`,
        'Delete the resource again to retry. To leave the rest on Apify instead, set `onDelete` to "keep", run `pulumi up`, and then delete it.',
      ]);
      return true;
    });
    assert.deepEqual(await left(state), ["datasets"]);
  });
});
