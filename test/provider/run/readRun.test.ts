import assert from "node:assert/strict";
import { ApifyError, ApifyNoResponseError } from "../../../provider/apify/errors";
import { readNewRun } from "../../../provider/run/readRun";
import { isStoredUnread, unreadRun, wasRead } from "../../../provider/run/runRecord";
import { createAutoClock, createFakeClock } from "../../support/fakeClock";
import { runSchema } from "../../../provider/apify/schemas/run";
import { aRun, unreadOf010 } from "../../support/run";
import { fakeTask, untilPausing } from "../support/runs";
import type { Run } from "../../../provider/apify/schemas/run";
import type { UnreadRun } from "../../../provider/run/runRecord";

const place = { method: "GET", path: "/v2/actor-runs/run1" };
const notFound = new ApifyError(place, 404, { type: "t", message: "m", data: undefined });
const forbidden = new ApifyError(place, 403, { type: "t", message: "m", data: undefined });
const noResponse = new ApifyNoResponseError(place, "noResponse", "reset");

const unread: UnreadRun = { id: "run1", status: "READY", unread: true };

async function reading(...reads: readonly (Run | Error)[]) {
  const clock = createAutoClock();
  const task = fakeTask({ reads: { run1: reads } });
  const run = await readNewRun({ client: task.client, clock, runId: "run1" });
  return { run, requests: task.requests, pauses: clock.sleeps };
}

describe("the first read of a run of which only the id is known", () => {
  it("is the run as Apify describes it", async () => {
    const { run, requests, pauses } = await reading(aRun());
    assert.deepEqual(run, aRun());
    assert.deepEqual(requests, ["read run1"]);
    assert.deepEqual(pauses, []);
  });

  it("waits for a run that is not shown yet", async () => {
    const { run, requests, pauses } = await reading(notFound, notFound, aRun());
    assert.deepEqual(run, aRun());
    assert.equal(requests.length, 3);
    assert.deepEqual(pauses, [1000, 2000]);
  });

  it("reads a run that is shown only after a minute", async () => {
    const { run } = await reading(...Array.from({ length: 7 }, () => notFound), aRun());
    assert.deepEqual(run, aRun());
  });

  it("makes do with what is certain when the run is not shown within a minute", async () => {
    const { run, requests, pauses } = await reading(notFound);
    assert.deepEqual(run, unread);
    assert.equal(requests.length, 8);
    assert.deepEqual(pauses, [1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  });

  for (const error of [forbidden, noResponse, new Error("anything")]) {
    it(`makes do with it at once after "${error.message}"`, async () => {
      const { run, requests, pauses } = await reading(error, aRun());
      assert.deepEqual(run, unread);
      assert.equal(requests.length, 1);
      assert.deepEqual(pauses, []);
    });
  }

  it("does not wait when the deployment is being stopped", async () => {
    const clock = createAutoClock();
    const task = fakeTask({ reads: { run1: [notFound] } });
    const signal = AbortSignal.abort();
    const request = { client: task.client, clock, runId: "run1", signal };
    assert.deepEqual(await readNewRun(request), unread);
    assert.deepEqual(clock.sleeps, []);
    assert.deepEqual(task.readOptions, [{ withinSecs: undefined, signal }]);
  });

  it("says why it pauses before a read is repeated", async () => {
    const task = fakeTask({ reads: { run1: [aRun()] } });
    const onPause = (): void => undefined;
    await readNewRun({ client: task.client, clock: createAutoClock(), runId: "run1", onPause });
    assert.deepEqual(task.readOptions, [{ withinSecs: undefined, signal: undefined, onPause }]);
  });

  it("ends its pause when the deployment is stopped", async () => {
    const cancel = new AbortController();
    const clock = createFakeClock();
    const task = fakeTask({ reads: { run1: [notFound] } });
    const reading = readNewRun({
      client: task.client,
      clock,
      runId: "run1",
      signal: cancel.signal,
    });
    await untilPausing(clock);
    cancel.abort();
    assert.deepEqual(await reading, unread);
    assert.deepEqual(clock.sleeps, [1000]);
    assert.deepEqual(task.requests, ["read run1"]);
  });
});

describe("a run", () => {
  it("counts as read once it was read, whatever Apify left out", () => {
    assert.equal(wasRead(aRun()), true);
    const { defaultDatasetId, startedAt, ...rest } = aRun();
    assert.ok(defaultDatasetId && startedAt);
    assert.equal(wasRead(rest), true);
    assert.equal(wasRead(runSchema.parse({ id: "run1", status: "READY" })), true);
    assert.equal(wasRead(runSchema.parse({ ...aRun(), unread: true })), true);
    assert.equal(wasRead(runSchema.parse({ ...aRun(), defaultDatasetId: "" })), true);
  });

  it("counts as unread while only its id is known, as it is stored or was by version 0.1.0", () => {
    const stored = JSON.parse(JSON.stringify(unreadRun("run1"))) as Run;
    assert.equal(wasRead(stored), false);
    assert.equal(isStoredUnread(stored), true);
    assert.equal(isStoredUnread(unreadOf010), true);
    assert.equal(isStoredUnread(aRun()), false);
  });
});
