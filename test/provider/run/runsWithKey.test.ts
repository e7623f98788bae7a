import assert from "node:assert/strict";
import { ApifyError } from "../../../provider/apify/errors";
import { createAutoClock, createFakeClock } from "../../support/fakeClock";
import { aRun } from "../../support/run";
import { find, ids } from "../support/finding";
import {
  fakeTask,
  runStarted,
  serverMillis,
  shortRun,
  untilPausing,
  userAgent,
} from "../support/runs";
import type { RunShort } from "../../../provider/apify/schemas/run";
import type { FakeTask } from "../support/runs";

const place = { method: "GET", path: "/v2/actor-runs/r" };
const notFound = new ApifyError(place, 404, { type: "t", message: "m", data: undefined });
const forbidden = new ApifyError(place, 403, { type: "t", message: "m", data: undefined });

describe("the search of a list without User-Agents", () => {
  /** Runs that are listed without what tells whose they are. */
  const bare = (id: string, afterMillis: number, status = "SUCCEEDED"): RunShort => ({
    ...runStarted(id, afterMillis, status),
    meta: null,
  });
  const mine = aRun({ meta: { userAgent } });
  const otherRun = aRun({ meta: { userAgent: "someone/1" } });

  for (const meta of [undefined, null, {}, { userAgent: null }]) {
    it(`reads the runs themselves where a list shows ${JSON.stringify(meta)}`, async () => {
      const list = [shortRun("r1", { meta }), shortRun("r2", { meta }), shortRun("r3")];
      const task = fakeTask({ lists: [list], reads: { r1: [otherRun], r2: [mine] } });
      assert.deepEqual(ids(await find(task)), ["r2", "r3"]);
      assert.deepEqual(task.requests, ["list", "read r1", "read r2"]);
    });
  }

  it("reads the ten newest, and beyond them those that are live or new enough", async () => {
    const list = Array.from({ length: 16 }, (_, index) => bare(`r${index}`, -index));
    list[13] = bare("r13", -13, "RUNNING");
    const reads = Object.fromEntries(list.map(({ id }) => [id, [otherRun]]));
    const newest = list.slice(0, 10).map(({ id }) => `read ${id}`);
    const task = fakeTask({ lists: [list], reads });
    await find(task);
    assert.deepEqual(task.requests, ["list", ...newest, "read r13"]);
    const since = fakeTask({ lists: [list], reads });
    await find(since, { sinceMillis: serverMillis - 11 });
    assert.deepEqual(since.requests, ["list", ...newest, "read r10", "read r11", "read r13"]);
  });

  for (const origin of ["SCHEDULER", "WEB", "WEBHOOK", "STANDBY", "CLI", "DEVELOPMENT", "TEST"]) {
    it(`reads none that came from elsewhere: ${origin}`, async () => {
      const list = Array.from({ length: 30 }, (_, index) => ({
        ...bare(`r${index}`, -index, "RUNNING"),
        meta: { origin },
      }));
      const task = fakeTask({ lists: [list] });
      assert.deepEqual(ids(await find(task)), []);
      assert.deepEqual(task.requests, ["list"]);
    });
  }

  for (const origin of ["API", "ACTOR", "CI", "MCP", "NEW", "", null, undefined]) {
    it(`reads one that may be ours: ${String(origin)}`, async () => {
      const list = [{ ...bare("r", 0, "RUNNING"), meta: { origin } }];
      const task = fakeTask({ lists: [list], reads: { r: [mine] } });
      assert.deepEqual(ids(await find(task)), ["r"]);
      assert.deepEqual(task.requests, ["list", "read r"]);
    });
  }

  it("reads none after the newest that are enough", async () => {
    const list = Array.from({ length: 50 }, (_, index) => bare(`r${index}`, -index, "RUNNING"));
    const reads = Object.fromEntries(list.map(({ id }) => [id, [id === "r13" ? mine : otherRun]]));
    const task = fakeTask({ lists: [list], reads });
    const found = await find(task, { isEnough: (runs) => runs.length > 0 });
    assert.deepEqual(ids(found), ["r13"]);
    assert.equal(task.requests.length, 1 + 20);
  });

  it("reads none before the first that is enough, or after those that are enough with those of a page before", async () => {
    const list = Array.from({ length: 250 }, (_, index) => bare(`r${index}`, -index, "RUNNING"));
    list[0] = runStarted("r0", 0, "RUNNING");
    const reads = Object.fromEntries(list.map(({ id }) => [id, [id === "r101" ? mine : otherRun]]));
    const first = fakeTask({ lists: [list], reads });
    await find(first, { isEnough: (runs) => runs.length > 0 });
    assert.deepEqual(first.requests, ["list"]);
    const both = fakeTask({ lists: [list], reads });
    const patch = {
      sinceMillis: -Infinity,
      isEnough: (runs: readonly unknown[]) => runs.length > 1,
    };
    assert.deepEqual(ids(await find(both, patch)), ["r0", "r101"]);
    assert.equal(both.requests.filter((what) => what.startsWith("read")).length, 99 + 10);
  });

  it("does not list runs that Apify does not find", async () => {
    const list = [bare("r1", 0, "RUNNING"), bare("r2", 0, "RUNNING")];
    const task = fakeTask({ lists: [list], reads: { r1: [notFound], r2: [otherRun] } });
    const { listed, listedButNotFound } = await find(task);
    assert.deepEqual([...listed], ["r2"]);
    assert.equal(listedButNotFound, "r1");
  });

  it("reads no more than ten at a time", async () => {
    const list = Array.from({ length: 25 }, (_, index) => bare(`r${index}`, -index, "RUNNING"));
    const reads = Object.fromEntries(list.map(({ id }) => [id, [mine]]));
    const task = fakeTask({ lists: [list], reads });
    let underWay = 0;
    let most = 0;
    const client: FakeTask["client"] = {
      ...task.client,
      getRun: async (...request) => {
        most = Math.max(most, ++underWay);
        await new Promise(setImmediate);
        underWay--;
        return task.client.getRun(...request);
      },
    };
    assert.equal((await find({ ...task, client })).runs.length, 25);
    assert.equal(most, 10);
  });

  it("does not count those that it did not read as having the key", async () => {
    const list = Array.from({ length: 11 }, (_, index) => bare(`r${index}`, -index));
    const reads = Object.fromEntries(list.map(({ id }) => [id, [mine]]));
    assert.equal((await find(fakeTask({ lists: [list], reads }))).runs.length, 10);
  });

  it("reads each run once for all searches that share what is known", async () => {
    const task = fakeTask({
      lists: [[bare("r1", 0), bare("r2", 0)]],
      reads: { r1: [mine], r2: [aRun({ meta: null })] },
    });
    const userAgents = new Map<string, string | null>();
    assert.deepEqual(ids(await find(task, { userAgents })), ["r1"]);
    assert.deepEqual(ids(await find(task, { userAgents })), ["r1"]);
    assert.deepEqual(task.requests, ["list", "read r1", "read r2", "list"]);
    assert.deepEqual(ids(await find(task)), ["r1"]);
    assert.equal(task.requests.length, 7);
  });

  it("waits for a run that is listed but not found yet", async () => {
    const clock = createAutoClock();
    const reads = { r: [notFound, notFound, notFound, notFound, mine] };
    const task = fakeTask({ lists: [[bare("r", 0)]], reads });
    assert.deepEqual(ids(await find(task, { clock })), ["r"]);
    assert.deepEqual(clock.sleeps, [1000, 2000, 4000, 8000]);
  });

  it("takes a run that stays away for deleted, and looks for it again the next time", async () => {
    const clock = createAutoClock();
    const reads = { r: [...Array.from({ length: 5 }, () => notFound), mine] };
    const task = fakeTask({ lists: [[bare("r", 0)]], reads });
    assert.deepEqual(ids(await find(task, { clock })), []);
    assert.deepEqual(clock.sleeps, [1000, 2000, 4000, 8000]);
    assert.deepEqual(ids(await find(task, { clock })), ["r"]);
  });

  for (const error of [forbidden, new Error("anything")]) {
    it(`fails when a run cannot be read: ${error.message}`, async () => {
      const task = fakeTask({ lists: [[bare("r", 0)]], reads: { r: [error] } });
      await assert.rejects(find(task), error);
    });
  }

  it("does not wait for a run when the deployment is being stopped", async () => {
    const clock = createFakeClock();
    const task = fakeTask({ lists: [[bare("r", 0)]], reads: { r: [notFound] } });
    assert.deepEqual(ids(await find(task, { clock, signal: AbortSignal.abort() })), []);
    assert.deepEqual(clock.sleeps, []);
  });

  it("ends its pause when the deployment is stopped", async () => {
    const cancel = new AbortController();
    const clock = createFakeClock();
    const task = fakeTask({ lists: [[bare("r", 0)]], reads: { r: [notFound] } });
    const found = find(task, { clock, signal: cancel.signal });
    await untilPausing(clock);
    cancel.abort();
    assert.deepEqual(ids(await found), []);
    assert.deepEqual(clock.sleeps, [1000]);
  });
});
