import assert from "node:assert/strict";
import { ApifyError } from "../../../provider/apify/errors";
import { aRun } from "../../support/run";
import { find, ids } from "../support/finding";
import { fakeTask, runStarted, serverMillis, shortRun } from "../support/runs";
import type { FoundRuns } from "../../../provider/run/findRuns";
import type { RunShort } from "../../../provider/apify/schemas/run";
import type { FakeTask } from "../support/runs";

const place = { method: "GET", path: "/v2/actor-runs/r" };
const forbidden = new ApifyError(place, 403, { type: "t", message: "m", data: undefined });
const live = "list 1000 of READY,RUNNING,TIMING-OUT,ABORTING";
const others = { meta: { userAgent: "someone/1" } };

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
      listedButNotFound: undefined,
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

  it("tells that also where it is not known when a run of the page started", async () => {
    const list = otherRuns(101);
    list[50] = shortRun("f50", { ...others, startedAt: null });
    const { completeSinceMillis } = await find(fakeTask({ lists: [list] }));
    assert.equal(completeSinceMillis, serverMillis - 99_000);
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
    const list = [{ ...runStarted("live", 0, "RUNNING"), ...others }, ...otherRuns(3000)];
    const task = ignoring(fakeTask({ lists: [list] }), "statuses");
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

  it("goes through no more live ones than are enough", async () => {
    const list = [...otherRuns(150), runStarted("r", -1e9, "RUNNING"), ...otherRuns(2500, "READY")];
    const task = fakeTask({ lists: [list] });
    const found = await find(task, { isEnough: (runs) => runs.length > 0 });
    assert.deepEqual(ids(found), ["r"]);
    assert.deepEqual(task.requests, ["list", live]);
  });

  it("says that there are too many when there are more than 100,000 live ones", async () => {
    const same = otherRuns(999, "RUNNING");
    const task = fakeTask({});
    const client: FakeTask["client"] = {
      ...task.client,
      listTaskRuns: (_id, { limit, offset = 0 }) => {
        const items = [...same, runStarted(`new${offset}`, 0, "RUNNING")];
        return Promise.resolve({ total: 1e6, offset, limit, count: 1000, desc: true, items });
      },
    };
    await assert.rejects(find({ ...task, client }), /more than 100,000 runs/);
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
