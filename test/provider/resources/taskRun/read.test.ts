import assert from "node:assert/strict";
import { ApifyError } from "../../../../provider/apify/errors";
import { ProviderError } from "../../../../provider/resources/errors";
import { read } from "../../../../provider/resources/taskRun/read";
import { aRun } from "../../../support/run";
import { aState, baseUrl, consoleUrl, fakeClient, testContext } from "../../support/taskRuns";

const place = { method: "GET", path: "/v2/actor-runs/run1" };

function answering(status: number): () => Promise<never> {
  const body = { type: "some-type", message: "No.", data: undefined };
  return () => Promise.reject(new ApifyError(place, status, body));
}

describe("read", () => {
  it("brings what is stored of the run up to date and keeps the arguments", async () => {
    const stored = aState({ status: "RUNNING" }, { input: { a: 1 }, onDelete: "keep" });
    const now = aRun({ status: "SUCCEEDED", meta: { clientIp: "192.0.2.1", origin: "API" } });
    const client = fakeClient({ getRun: () => Promise.resolve(now) });
    assert.deepEqual(await read(testContext(client), "run1", stored), {
      actorTaskId: "janedoe~scrape",
      input: { a: 1 },
      onDelete: "keep",
      run: { ...now, meta: { clientIp: undefined, origin: "API" } },
      links: {
        console: `${consoleUrl}/actors/tasks/task1/runs/run1`,
        datasetConsole: `${consoleUrl}/storage/datasets/dataset1`,
        datasetItems: `${baseUrl}/v2/datasets/dataset1/items`,
      },
      expired: false,
    });
  });

  it("does not wait for a run that goes on", async () => {
    const asked: unknown[] = [];
    const client = fakeClient({
      getRun: (...request) => {
        asked.push(request);
        return Promise.resolve(aRun());
      },
    });
    await read(testContext(client), "run1", aState());
    assert.deepEqual(asked.length, 1);
  });

  it("reads a run that it knows nothing of, and its task with it", async () => {
    const client = fakeClient({ getRun: () => Promise.resolve(aRun()) });
    const state = await read(testContext(client), "run1", {});
    assert.equal(state.actorTaskId, "task1");
    assert.equal(state.expired, false);
  });

  it("reads a run that was not started from a task", async () => {
    const client = fakeClient({ getRun: () => Promise.resolve(aRun({ actorTaskId: null })) });
    const state = await read(testContext(client), "run1", {});
    assert.equal(state.actorTaskId, "");
    assert.equal(state.links.console, `${consoleUrl}/actors/runs/run1`);
  });

  it("keeps all of a run that Apify no longer knows, and marks and says it", async () => {
    const stored = aState({}, { input: { a: 1 } });
    const context = testContext(fakeClient({ getRun: answering(404) }));
    assert.deepEqual(await read(context, "run1", stored), { ...stored, expired: true });
    assert.equal(context.lines.length, 1);
    assert.match(context.lines[0] ?? "", /^Run run1 is no longer on Apify/);
  });

  it("keeps a run as it is that another account has, whose token cannot see it", async () => {
    const stored = aState();
    for (const [id, expired] of [
      ["another", false],
      [stored.run.userId ?? "", true],
    ] as const) {
      const getUser = (): Promise<{ id: string }> => Promise.resolve({ id });
      const context = testContext(fakeClient({ getRun: answering(404), getUser }));
      assert.deepEqual(await read(context, "run1", stored), { ...stored, expired });
      assert.equal(context.lines[0]?.startsWith("Run run1 belongs to another account"), !expired);
    }
  });

  it("gives a run that was going on some seconds to appear before it counts as gone", async () => {
    const stored = aState({ status: "RUNNING" });
    let reads = 0;
    const appearing = fakeClient({
      getRun: () => (++reads < 5 ? answering(404)() : Promise.resolve(aRun())),
    });
    const context = testContext(appearing);
    assert.equal((await read(context, "run1", stored)).expired, false);
    assert.deepEqual(context.lines, []);
    const gone = testContext(fakeClient({ getRun: answering(404) }));
    assert.equal((await read(gone, "run1", stored)).expired, true);
  });

  it("does not wait for a run to appear when the deployment is being stopped", async () => {
    let reads = 0;
    const client = fakeClient({
      getRun: () => {
        reads += 1;
        return answering(404)();
      },
    });
    const context = testContext(client, { signal: AbortSignal.abort() });
    await read(context, "run1", aState({ status: "RUNNING" }));
    assert.equal(reads, 1);
  });

  it("says only once that a run is gone", async () => {
    const stored = aState({}, { expired: true });
    const context = testContext(fakeClient({ getRun: answering(404) }));
    assert.deepEqual(await read(context, "run1", stored), stored);
    assert.deepEqual(context.lines, []);
  });

  it("takes the mark away when the run can be read again", async () => {
    const client = fakeClient({ getRun: () => Promise.resolve(aRun({ status: "SUCCEEDED" })) });
    const state = await read(testContext(client), "run1", aState({}, { expired: true }));
    assert.equal(state.expired, false);
  });

  it("fails for a run that Apify does not know and that was never recorded", async () => {
    const client = fakeClient({ getRun: answering(404) });
    await assert.rejects(read(testContext(client), "run1", {}), (error: Error) => {
      assert.ok(error instanceof ProviderError);
      assert.match(
        error.message,
        /^Run run1 was not found on Apify\. Check the id, and that the token in APIFY_TOKEN belongs/,
      );
      return true;
    });
  });

  for (const status of [401, 403, 500]) {
    it(`does not take a ${status} for a run that is gone`, async () => {
      const client = fakeClient({ getRun: answering(status) });
      await assert.rejects(read(testContext(client), "run1", aState()), { name: "ApifyError" });
    });
  }
});
