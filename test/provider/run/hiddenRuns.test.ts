import assert from "node:assert/strict";
import { ApifyError } from "../../../provider/apify/errors";
import { aRun } from "../../support/run";
import { fakeTask, runStarted, shortRun, userAgent } from "../support/runs";
import { nothing, run, started } from "../support/starting";

const place = { method: "GET", path: "/v2/actor-runs/r" };
const body = { type: "t", message: "m", data: undefined };
const notFound = new ApifyError(place, 404, body);
const forbidden = new ApifyError(place, 403, body);
const taken = { outcome: "obtained", runId: "r", run: undefined, how: "alreadyThere" };

describe("a start for which an earlier run is known", () => {
  const mine = aRun({ id: "r", status: "RUNNING", meta: { userAgent } });
  const earlierRunId = "r";

  it("uses that run while the list does not show it yet", async () => {
    const { signal } = new AbortController();
    const task = fakeTask({ lists: [nothing], reads: { r: [mine] } });
    const { result } = await run(task, { earlierRunId, signal });
    assert.deepEqual(result, taken);
    assert.deepEqual(task.requests, ["list", "read r"]);
    assert.deepEqual(task.readOptions, [{ signal }]);
  });

  it("takes it for newer than those in the list, of which it tells", async () => {
    const failed = aRun({ ...mine, status: "FAILED" });
    const lists = [[runStarted("older", 0, "FAILED")]];
    const task = fakeTask({ lists, reads: { r: [failed] }, starts: [started] });
    const { lines } = await run(task, { earlierRunId });
    assert.match(lines.join(), /^Run r was started/);
    const other = fakeTask({ lists: [[shortRun("other")]], reads: { r: [failed] } });
    assert.deepEqual((await run(other, { earlierRunId })).result, { ...taken, runId: "other" });
  });

  it("does not read it when the list shows it", async () => {
    const task = fakeTask({ lists: [[runStarted("x", 0, "FAILED"), shortRun("r")]] });
    assert.deepEqual((await run(task, { earlierRunId })).result, taken);
    assert.deepEqual(task.requests, ["list"]);
  });

  it("starts another run when that one is gone", async () => {
    const task = fakeTask({ lists: [nothing], reads: { r: [notFound] }, starts: [started] });
    const { result } = await run(task, { earlierRunId });
    assert.equal(result.outcome === "obtained" && result.how, "started");
  });

  it("starts nothing when that one cannot be read", async () => {
    const task = fakeTask({ lists: [nothing], reads: { r: [forbidden] } });
    const { result } = await run(task, { earlierRunId });
    assert.ok(result.outcome === "refused");
    assert.match(result.message, /^Nothing was started\./);
    assert.deepEqual(task.startOptions, []);
  });
});

describe("a start whose run may be one that is listed and cannot be read", () => {
  const bare = shortRun("r", { meta: null });

  it("is not made, since it may be the second one", async () => {
    const { result } = await run(fakeTask({ lists: [[bare]], reads: { r: [notFound] } }));
    assert.ok(result.outcome === "refused");
    assert.match(
      result.message,
      /^Nothing was started, because .* Run r is in the task's list of runs, but .* Wait a minute and run `pulumi up` again\.$/,
    );
  });

  it("is not needed when another run will do", async () => {
    const task = fakeTask({ lists: [[bare, shortRun("other")]], reads: { r: [notFound] } });
    assert.deepEqual((await run(task)).result, { ...taken, runId: "other" });
  });

  it("is made when that run would not be used in any case", async () => {
    const old = { ...bare, status: "FAILED" };
    const task = fakeTask({ lists: [[old]], reads: { r: [notFound] }, starts: [started] });
    const { result } = await run(task);
    assert.equal(result.outcome === "obtained" && result.how, "started");
  });
});
