import assert from "node:assert/strict";
import { ApifyError } from "../../../provider/apify/errors";
import { reconcile } from "../../../provider/run/reconcile";
import { createAutoClock, createFakeClock } from "../../support/fakeClock";
import { fakeTask, key, runStarted, serverMillis, shortRun, untilPausing } from "../support/runs";
import type { ReconcileOptions } from "../../../provider/run/reconcile";
import type { RunShort } from "../../../provider/apify/schemas/run";
import type { FakeTask } from "../support/runs";

const interrupted = { outcome: "unknown", reason: "the deployment was interrupted" };
const allPauses = [1000, 2000, 4000, 8000, 15_000, 15_000, 15_000];
const place = { method: "GET", path: "/x" };
const down = new Error("Apify is down");

function reconciling(task: FakeTask, patch: Partial<ReconcileOptions> = {}) {
  return reconcile({
    client: task.client,
    clock: createAutoClock(),
    actorTaskId: "task1",
    key,
    userAgents: new Map(),
    before: new Set(),
    beforeSinceMillis: -Infinity,
    ...patch,
  });
}

/** Looks that show these, one after the other; the last goes on for ever. */
async function after(lists: readonly (readonly RunShort[] | Error)[], patch = {}) {
  const clock = createAutoClock();
  const task = fakeTask({ lists });
  const result = await reconciling(task, { clock, ...patch });
  return { result, searches: task.requests.length, pauses: clock.sleeps };
}

describe("after a lost response, the run", () => {
  for (const status of ["READY", "RUNNING", "SUCCEEDED", "FAILED", "ABORTED", "HIBERNATING"]) {
    it(`is found at once when it is ${status}`, async () => {
      const run = runStarted("r", 1, status);
      const { result, searches, pauses } = await after([[run]]);
      assert.deepEqual(result, { outcome: "found", run });
      assert.equal(searches, 1);
      assert.deepEqual(pauses, []);
    });
  }

  for (const searches of [2, 3, 4, 5, 6, 7, 8]) {
    it(`is found when the list shows it at search ${searches}`, async () => {
      const run = shortRun("r");
      const nothing: (readonly RunShort[])[] = Array.from({ length: searches - 1 }, () => []);
      const found = await after([...nothing, [run]]);
      assert.deepEqual(found.result, { outcome: "found", run });
      assert.equal(found.searches, searches);
      assert.deepEqual(found.pauses, allPauses.slice(0, searches - 1));
    });
  }

  it("was not started when a whole minute of searches shows nothing", async () => {
    const { result, searches, pauses } = await after([[]]);
    assert.deepEqual(result, { outcome: "notStarted" });
    assert.equal(searches, 8);
    assert.deepEqual(pauses, allPauses);
    assert.equal(
      pauses.reduce((sum, pause) => sum + pause),
      60_000,
    );
  });

  it("is not one that was there before the start", async () => {
    const { result } = await after([[shortRun("r")]], { before: new Set(["r"]) });
    assert.deepEqual(result, { outcome: "notStarted" });
  });

  it("is not one without the key", async () => {
    const { result } = await after([[shortRun("r", { meta: { userAgent: "someone/1" } })]]);
    assert.deepEqual(result, { outcome: "notStarted" });
  });

  it("is the first that is new in a list of several", async () => {
    const list = [runStarted("old", 0), runStarted("new", 0), runStarted("newer", 0)];
    const { result } = await after([list], { before: new Set(["old"]) });
    assert.deepEqual(result, { outcome: "found", run: list[1] });
  });

  it("may have started at any time by Apify's clock, when all runs were listed before the start", async () => {
    for (const afterMillis of [0, -1e9, 1e9]) {
      const run = runStarted("r", afterMillis);
      assert.deepEqual((await after([[run]])).result, { outcome: "found", run });
    }
  });

  it("is looked for on the pages that were listed before the start, and on no others", async () => {
    const older = Array.from({ length: 150 }, (_, index) => ({
      ...runStarted(`f${index}`, -1000 * index),
      meta: { userAgent: "someone/1" },
    }));
    const searches = async (beforeSinceMillis: number): Promise<readonly string[]> => {
      const task = fakeTask({ lists: [older] });
      await reconciling(task, { beforeSinceMillis });
      return task.requests.slice(0, 2);
    };
    const oldestOfPage = serverMillis - 99_000;
    assert.deepEqual(await searches(oldestOfPage), ["list", "list 1000 from 100"]);
    const live = "list 1000 of READY,RUNNING,TIMING-OUT,ABORTING";
    assert.deepEqual(await searches(oldestOfPage + 1), ["list", live]);
  });

  it("is not one that ended and is older than what was listed before the start", async () => {
    const beforeSinceMillis = serverMillis;
    const [old, live, listed] = [
      runStarted("old", -1),
      runStarted("live", -1, "RUNNING"),
      runStarted("listed", 0),
    ];
    assert.deepEqual((await after([[old]], { beforeSinceMillis })).result.outcome, "notStarted");
    for (const run of [live, listed]) {
      const { result } = await after([[old, run]], { beforeSinceMillis });
      assert.deepEqual(result, { outcome: "found", run });
    }
  });

  it("is waited for as long as Apify requests when it refuses a search, up to a minute", async () => {
    const busy = (retryAfterMillis: number): Error =>
      new ApifyError(place, 429, { type: "t", message: "m", data: undefined }, retryAfterMillis);
    const { pauses } = await after([busy(500), busy(30_000), busy(90_000), [shortRun("r")]]);
    assert.deepEqual(pauses, [1_000, 30_000, 60_000]);
  });

  it("is looked for through all pages that may hold it", async () => {
    const others = Array.from({ length: 150 }, (_, index) =>
      shortRun(`f${index}`, { status: "SUCCEEDED", meta: { userAgent: "someone/1" } }),
    );
    const { result } = await after([[...others, runStarted("r", 0)]]);
    assert.equal(result.outcome, "found");
  });
});

describe("after a lost response, a search that fails", () => {
  it("does not matter when a later one finds the run", async () => {
    const run = shortRun("r");
    const { result, pauses } = await after([down, down, [run]]);
    assert.deepEqual(result, { outcome: "found", run });
    assert.deepEqual(pauses, [1000, 2000]);
  });

  it("does not matter when the last one shows that nothing was started", async () => {
    const { result } = await after([...Array.from({ length: 7 }, () => down), []]);
    assert.deepEqual(result, { outcome: "notStarted" });
  });

  it("leaves it open when it is the last one, with its reason", async () => {
    const nothing: (readonly RunShort[])[] = Array.from({ length: 7 }, () => []);
    const { result, searches } = await after([...nothing, down]);
    assert.deepEqual(result, { outcome: "unknown", reason: "Apify is down" });
    assert.equal(searches, 8);
  });

  it("leaves it open when a run is listed whose key cannot be read", async () => {
    const notFound = new ApifyError(place, 404, { type: "t", message: "m", data: undefined });
    const task = fakeTask({ lists: [[shortRun("r", { meta: null })]], reads: { r: [notFound] } });
    const result = await reconciling(task);
    assert.ok(result.outcome === "unknown");
    assert.match(
      result.reason,
      /^Run r is in the task's list of runs, but Apify says that it does/,
    );
  });

  it("is given up after 15 s, but the last one has the time of any request", async () => {
    const { signal } = new AbortController();
    const task = fakeTask({ lists: [[]] });
    await reconciling(task, { signal });
    const query = { limit: 100, onPause: undefined, signal };
    assert.deepEqual(task.queries, [
      ...Array.from({ length: 7 }, () => ({ ...query, withinSecs: 15 })),
      { ...query, withinSecs: undefined },
    ]);
  });
});

describe("after a lost response, an interrupted deployment", () => {
  it("searches once more, and leaves it open when nothing is found", async () => {
    const clock = createFakeClock();
    const cancel = new AbortController();
    const task = fakeTask({ lists: [[]] });
    const result = reconciling(task, { clock, signal: cancel.signal });
    await untilPausing(clock);
    cancel.abort();
    assert.deepEqual(await result, interrupted);
    assert.deepEqual(task.requests, ["list"]);
    assert.deepEqual(clock.sleeps, [1000]);
  });

  it("still takes the run that the search under way finds", async () => {
    const cancel = new AbortController();
    const run = shortRun("r");
    const task = fakeTask({
      lists: [[run]],
      onRequest: () => {
        cancel.abort();
      },
    });
    const result = await reconciling(task, { signal: cancel.signal });
    assert.deepEqual(result, { outcome: "found", run });
  });
});
