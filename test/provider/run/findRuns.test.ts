import assert from "node:assert/strict";
import { ApifyError } from "../../../provider/apify/errors";
import { findRuns } from "../../../provider/run/findRuns";
import { mayHaveStartedSince } from "../../../provider/run/startTime";
import { hasEnded } from "../../../provider/run/status";
import { createAutoClock, createFakeClock } from "../../support/fakeClock";
import { aRun } from "../../support/run";
import {
  fakeTask,
  key,
  runStarted,
  serverMillis,
  shortRun,
  untilPausing,
  userAgent,
} from "../support/runs";
import type { FindRunsOptions, FoundRuns } from "../../../provider/run/findRuns";
import type { RunShort } from "../../../provider/apify/schemas/run";
import type { FakeTask } from "../support/runs";

const place = { method: "GET", path: "/v2/actor-runs/r" };
const notFound = new ApifyError(place, 404, { type: "t", message: "m", data: undefined });
const forbidden = new ApifyError(place, 403, { type: "t", message: "m", data: undefined });
const live = "list 1000 of READY,RUNNING,TIMING-OUT,ABORTING";
const others = { meta: { userAgent: "someone/1" } };

function find(task: FakeTask, patch: Partial<FindRunsOptions> = {}): Promise<FoundRuns> {
  const { sinceMillis = Infinity } = patch;
  return findRuns({
    client: task.client,
    clock: createAutoClock(),
    actorTaskId: "task1",
    key,
    userAgents: new Map(),
    sinceMillis,
    isCandidate: (run) => !hasEnded(run.status) || mayHaveStartedSince(run, sinceMillis),
    newestReads: 10,
    isEnough: () => false,
    ...patch,
  });
}

function ids(found: FoundRuns): readonly string[] {
  return found.runs.map(({ id }) => id);
}

/** So many runs of somebody else's, the newest started now and each other one a second earlier. */
function otherRuns(count: number, status = "SUCCEEDED"): RunShort[] {
  return Array.from({ length: count }, (_, index) => ({
    ...runStarted(`f${index}`, -1000 * index, status),
    ...others,
  }));
}

describe("the search for a task's runs", () => {
  it("finds those with the key, in the order of the list", async () => {
    const list = [shortRun("r2"), shortRun("x", others), shortRun("r1", { status: "FAILED" })];
    const task = fakeTask({ lists: [list] });
    const found = await find(task);
    assert.deepEqual(found, {
      runs: [list[0], list[2]],
      listed: new Set(["r2", "x", "r1"]),
      unreadable: undefined,
      completeSinceMillis: -Infinity,
    });
    assert.deepEqual(task.requests, ["list"]);
  });

  it("asks within the time and under the signal it is given", async () => {
    const { signal } = new AbortController();
    const task = fakeTask({ lists: [[shortRun("r", { meta: null })]], reads: { r: [aRun()] } });
    const onPause = (): void => undefined;
    await find(task, { signal, withinSecs: 7, onPause });
    assert.deepEqual(task.queries, [{ limit: 100, withinSecs: 7, onPause, signal }]);
    assert.deepEqual(task.readOptions, [{ withinSecs: 7, signal }]);
  });

  it("fails when the runs cannot be listed", async () => {
    await assert.rejects(find(fakeTask({ lists: [forbidden] })), forbidden);
  });

  it("finds nothing in an empty list", async () => {
    const task = fakeTask({ lists: [[]] });
    assert.deepEqual((await find(task, { sinceMillis: -Infinity })).runs, []);
    assert.deepEqual(task.requests, ["list"]);
  });
});

describe("the search of a task with many runs", () => {
  it("needs one request for a task with fewer than 100 of them", async () => {
    const task = fakeTask({ lists: [[...otherRuns(98), runStarted("r", -1e6, "RUNNING")]] });
    assert.deepEqual(ids(await find(task)), ["r"]);
    assert.deepEqual(task.requests, ["list"]);
  });

  it("asks for the live ones by their status when there are more", async () => {
    const old = [runStarted("r", -1e9, "ABORTING"), runStarted("ended", -1e9)];
    const task = fakeTask({ lists: [[...otherRuns(100), ...old]] });
    assert.deepEqual(ids(await find(task)), ["r"]);
    assert.deepEqual(task.requests, ["list", live]);
  });

  it("goes back page by page as far as ended ones matter, the live ones afterwards", async () => {
    const list = [...otherRuns(1500), runStarted("r", -1_500_000), ...otherRuns(1000).slice(999)];
    const task = fakeTask({ lists: [[...list, ...otherRuns(5000).slice(2000)]] });
    const found = await find(task, { sinceMillis: serverMillis - 1_500_000 });
    assert.deepEqual(ids(found), ["r"]);
    assert.deepEqual(task.requests, ["list", "list 1000 from 100", "list 1000 from 1100", live]);
  });

  it("asks for no live ones when it has been through all pages", async () => {
    const task = fakeTask({ lists: [[...otherRuns(1100), runStarted("r", -1e9)]] });
    assert.deepEqual(ids(await find(task, { sinceMillis: -Infinity })), ["r"]);
    assert.deepEqual(task.requests, ["list", "list 1000 from 100", "list 1000 from 1100"]);
  });

  it("goes on when the oldest run of a page started just then, and not when it started before", async () => {
    const oldest = serverMillis - 99_000;
    const list = otherRuns(101);
    const on = fakeTask({ lists: [list] });
    await find(on, { sinceMillis: oldest });
    assert.deepEqual(on.requests, ["list", "list 1000 from 100"]);
    const stop = fakeTask({ lists: [list] });
    await find(stop, { sinceMillis: oldest + 1 });
    assert.deepEqual(stop.requests, ["list", live]);
  });

  it("tells how far back it has listed them all: to the oldest of the last page, or for ever", async () => {
    const list = otherRuns(1500);
    const farBack = async (sinceMillis: number): Promise<number> =>
      (await find(fakeTask({ lists: [list] }), { sinceMillis })).completeSinceMillis;
    assert.equal(await farBack(Infinity), serverMillis - 99_000);
    assert.equal(await farBack(serverMillis - 99_000), serverMillis - 1_099_000);
    assert.equal(await farBack(-Infinity), -Infinity);
  });

  it("ends at an empty page, whatever the total says", async () => {
    const task = fakeTask({ lists: [otherRuns(150)] });
    const client: FakeTask["client"] = {
      ...task.client,
      listTaskRuns: async (id, query) => {
        const page = await task.client.listTaskRuns(id, query);
        return { ...page, total: 1000 };
      },
    };
    await find({ ...task, client }, { sinceMillis: -Infinity });
    assert.deepEqual(task.requests, ["list", "list 1000 from 100", "list 1000 from 150"]);
  });

  it("goes on after a full page, whatever the total says", async () => {
    const task = fakeTask({ lists: [[...otherRuns(1100), runStarted("r", -1_100_000)]] });
    for (const total of [100, 0, undefined, null]) {
      const client: FakeTask["client"] = {
        ...task.client,
        listTaskRuns: async (id, query) => ({
          ...(await task.client.listTaskRuns(id, query)),
          total,
        }),
      };
      assert.deepEqual(ids(await find({ ...task, client }, { sinceMillis: -Infinity })), ["r"]);
    }
  });

  it("goes no further back than the newest runs that are enough", async () => {
    const list = [...otherRuns(150), runStarted("r", -150_000), ...otherRuns(5000).slice(151)];
    const task = fakeTask({ lists: [list] });
    const found = await find(task, { sinceMillis: -Infinity, isEnough: (runs) => runs.length > 0 });
    assert.deepEqual(ids(found), ["r"]);
    assert.deepEqual(task.requests, ["list", "list 1000 from 100"]);
  });

  it("gets through 100,000 of them, and no further", async () => {
    const list = otherRuns(100_000);
    const tell = async (runs: readonly RunShort[]): Promise<readonly [unknown, number]> => {
      const task = fakeTask({ lists: [runs] });
      const found = await find(task, { sinceMillis: -Infinity }).catch((error: unknown) => error);
      return [found, task.requests.length];
    };
    const [all, requests] = await tell([...list.slice(1), runStarted("r", -1e9)]);
    assert.deepEqual(ids(all as FoundRuns), ["r"]);
    assert.equal(requests, 101);
    const [tooMany, most] = await tell([
      ...list,
      ...list.map((run) => ({ ...run, id: `g${run.id}` })),
    ]);
    assert.ok(tooMany instanceof Error);
    assert.match(tooMany.message, /more than 100,000 runs/);
    assert.equal(most, 101);
  });

  /** A list in which somebody in between leaves a parameter out. */
  function ignoring(task: FakeTask, parameter: "offset" | "statuses"): FakeTask {
    const listTaskRuns: FakeTask["client"]["listTaskRuns"] = (id, query) => {
      const { [parameter]: ignored, ...rest } = query;
      return task.client.listTaskRuns(id, ignored === undefined ? query : rest);
    };
    return { ...task, client: { ...task.client, listTaskRuns } };
  }

  it("ends where the same page comes again, and says that it could not list them all", async () => {
    const task = fakeTask({ lists: [otherRuns(3000)] });
    await assert.rejects(find(ignoring(task, "offset"), { sinceMillis: -Infinity }), (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, /ignore the query parameters/);
      return true;
    });
    assert.equal(task.requests.length, 3);
  });

  it("does not mind that the same page comes again when it goes back far enough", async () => {
    const list = [runStarted("r", 0), ...otherRuns(3000)];
    const task = ignoring(fakeTask({ lists: [list] }), "offset");
    assert.deepEqual(ids(await find(task, { sinceMillis: serverMillis - 500_000 })), ["r"]);
  });

  it("does not take the newest runs for the live ones", async () => {
    const task = ignoring(fakeTask({ lists: [otherRuns(3000)] }), "statuses");
    await assert.rejects(find(task), /ignore the query parameters/);
    assert.equal(task.requests.length, 2);
  });

  it("finds more live ones than a page has", async () => {
    const list = [...otherRuns(2500, "RUNNING"), runStarted("r", -1e9, "RUNNING")];
    const task = fakeTask({ lists: [list] });
    assert.deepEqual(ids(await find(task)), ["r"]);
    assert.deepEqual(task.requests.slice(1), [
      live,
      "list 1000 from 1000 of READY,RUNNING,TIMING-OUT,ABORTING",
      "list 1000 from 2000 of READY,RUNNING,TIMING-OUT,ABORTING",
    ]);
  });

  it("finds a run once that is on two pages, in its latest state", async () => {
    const first = [runStarted("r", 0, "READY"), ...otherRuns(100)];
    const later = [runStarted("r", 0, "RUNNING"), ...otherRuns(100)];
    const task = fakeTask({ lists: [first] });
    const client: FakeTask["client"] = {
      ...task.client,
      listTaskRuns: async (id, query) => {
        const page = await task.client.listTaskRuns(id, query);
        return query.statuses === undefined ? page : { ...page, items: later.slice(0, 1) };
      },
    };
    const found = await find({ ...task, client });
    assert.deepEqual(found.runs, [later[0]]);
  });
});

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

  it("does not list runs that Apify does not find", async () => {
    const list = [bare("r1", 0, "RUNNING"), bare("r2", 0, "RUNNING")];
    const task = fakeTask({ lists: [list], reads: { r1: [notFound], r2: [otherRun] } });
    const { listed, unreadable } = await find(task);
    assert.deepEqual([...listed], ["r2"]);
    assert.equal(unreadable, "r1");
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
