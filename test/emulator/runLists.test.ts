import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "./support/checkResponses";
import {
  assertError,
  closeEmulatorsAfterEach,
  startTestEmulator,
  withActor,
} from "./support/emulator";
import type { ActorContext, Run } from "../../emulator";
import type { TestEmulator } from "./support/emulator";

interface RunPage {
  total: number;
  offset: number;
  limit: number;
  count: number;
  desc: boolean;
  items: Run[];
}

async function threeRuns(emulator: TestEmulator): Promise<string[]> {
  const ids: string[] = [];
  for (const query of ["", "", ""]) {
    ids.push((await emulator.startRun(query)).id);
    emulator.clock.advance(1000);
  }
  return ids;
}

describe("the lists of runs", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();
  const paths = ["/v2/actor-tasks/~scrape/runs", "/v2/actor-runs"];

  for (const path of paths) {
    it(`GET ${path} begins with the oldest run`, async () => {
      const emulator = await startTestEmulator();
      const ids = await threeRuns(emulator);
      const { data, status } = await emulator.call<RunPage>(`GET ${path}`);
      assert.equal(status, 200);
      assert.deepEqual(
        data.items.map(({ id }) => id),
        ids,
      );
      const { total, offset, limit, count, desc } = data;
      assert.deepEqual([total, offset, limit, count, desc], [3, 0, 1000, 3, false]);
    });

    it(`GET ${path} returns pages, in either direction`, async () => {
      const emulator = await startTestEmulator();
      const [first, second, third] = await threeRuns(emulator);
      const page = async (query: string): Promise<string[]> =>
        (await emulator.call<RunPage>(`GET ${path}?${query}`)).data.items.map(({ id }) => id);
      assert.deepEqual(await page("limit=2"), [first, second]);
      assert.deepEqual(await page("offset=1&limit=1"), [second]);
      assert.deepEqual(await page("desc=1&limit=1"), [third]);
      assert.deepEqual(await page("desc=true&offset=2"), [first]);
      assert.deepEqual(await page("desc=0&offset=9"), []);
      const huge = await emulator.call<RunPage>(`GET ${path}?limit=5000`);
      assert.equal(huge.data.limit, 1000);
      assertError(await emulator.call(`GET ${path}?limit=x`), 400, "invalid-value");
    });

    it(`GET ${path} filters by comma-separated statuses`, async () => {
      const emulator = await startTestEmulator();
      const [first, second, third] = await threeRuns(emulator);
      emulator.finish(first ?? "");
      emulator.finish(second ?? "", { status: "FAILED" });
      const withStatus = async (status: string): Promise<string[]> =>
        (await emulator.call<RunPage>(`GET ${path}?status=${status}`)).data.items.map(
          ({ id }) => id,
        );
      assert.deepEqual(await withStatus("SUCCEEDED,FAILED"), [first, second]);
      assert.deepEqual(await withStatus("RUNNING"), [third]);
    });
  }

  it("contain only some fields of each run, and of its meta only the origin", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    const [item] = (await emulator.call<RunPage>("GET /v2/actor-runs")).data.items;
    assert.ok(item);
    assert.deepEqual(item.meta, { origin: "API" });
    assert.equal(item.buildId, run.buildId);
    assert.equal(item.actorTaskId, run.actorTaskId);
    assert.equal(item.usageTotalUsd, 0);
    assert.equal("stats" in item, false);
    assert.equal("options" in item, false);
  });

  it("can contain the whole meta, as Apify's schema allows", async () => {
    const emulator = await startTestEmulator({ listedMeta: "full" });
    const run = await emulator.startRun();
    const [item] = (await emulator.call<RunPage>("GET /v2/actor-runs")).data.items;
    assert.deepEqual(item?.meta, run.meta);
  });

  it("contain runs that a schedule or a person started, with their origin", async () => {
    const emulator = await startTestEmulator();
    const scheduleId = "asADASadYvn4mBZmm";
    const task = "janedoe~scrape";
    const byHand = emulator.addRun({ task, input: { page: 1 }, options: { memoryMbytes: 256 } });
    const scheduled = emulator.addRun({ task, meta: { origin: "SCHEDULER", scheduleId } });
    await emulator.startRun();
    const { data } = await emulator.call<RunPage>("GET /v2/actor-tasks/~scrape/runs");
    assert.deepEqual(
      data.items.map(({ meta }) => meta),
      [{ origin: "WEB" }, { origin: "SCHEDULER" }, { origin: "API" }],
    );
    assert.equal(emulator.run(byHand.id)?.status, "READY");
    assert.equal(byHand.options.memoryMbytes, 256);
    assert.deepEqual(emulator.record(byHand.defaultKeyValueStoreId, "INPUT"), { page: 1 });
    assert.equal(scheduled.meta.scheduleId, scheduleId);
  });

  it("have the origin ACTOR for a run that an Actor started", async () => {
    const start = async ({ env }: ActorContext): Promise<void> => {
      await fetch(`${env.APIFY_API_BASE_URL}/v2/actor-tasks/~other/runs`, {
        method: "POST",
        headers: { Authorization: `Bearer ${env.APIFY_TOKEN}` },
      });
    };
    const { users, actors, tasks } = withActor({ run: start });
    const other = { username: "janedoe", name: "other", actor: "janedoe~by-hand" };
    const byHand = { username: "janedoe", name: "by-hand", manual: true };
    const emulator = await startTestEmulator({
      declaration: { users, actors: [...(actors ?? []), byHand], tasks: [...(tasks ?? []), other] },
    });
    const child = emulator.whenRun(({ meta }) => meta.origin === "ACTOR");
    await emulator.startRun();
    emulator.clock.advance(0);
    assert.ok((await child).actorTaskId);
  });

  it("contain no runs of other accounts", async () => {
    const emulator = await startTestEmulator();
    await emulator.startRun();
    const reply = await emulator.call<RunPage>("GET /v2/actor-runs", { token: "john-token" });
    assert.equal(reply.data.total, 0);
    const task = await emulator.call("GET /v2/actor-tasks/janedoe~scrape/runs", {
      token: "john-token",
    });
    assertError(task, 404, "record-not-found");
  });

  it("filter by the start time, but only in the list of the account", async () => {
    const emulator = await startTestEmulator();
    const [, second] = await threeRuns(emulator);
    const query = "startedAfter=2026-01-01T00:00:01Z&startedBefore=2026-01-01T00:00:01Z";
    const account = await emulator.call<RunPage>(`GET /v2/actor-runs?${query}`);
    assert.deepEqual(
      account.data.items.map(({ id }) => id),
      [second],
    );
    const task = await emulator.call<RunPage>(`GET /v2/actor-tasks/~scrape/runs?${query}`);
    assert.equal(task.data.count, 3);
    assertError(await emulator.call("GET /v2/actor-runs?startedAfter=x"), 400, "invalid-value");
  });
});
