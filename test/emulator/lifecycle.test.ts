import assert from "node:assert/strict";
import {
  assertError,
  closeEmulatorsAfterEach,
  startTestEmulator,
  withActor,
} from "./support/emulator";
import type { Run } from "../../emulator";
import type { TestEmulator } from "./support/emulator";

/** Notes each status that any run shows from now on. */
function statusesOf(emulator: TestEmulator): string[] {
  const statuses: string[] = [];
  void emulator.whenRun((run) => {
    if (statuses.at(-1) !== run.status) statuses.push(run.status);
    return false;
  });
  return statuses;
}

async function runningRun(emulator: TestEmulator, query = ""): Promise<Run> {
  const run = await emulator.startRun(query);
  emulator.clock.advance(0);
  return run;
}

describe("the life of a run", () => {
  closeEmulatorsAfterEach();

  it("goes from READY over RUNNING to SUCCEEDED", async () => {
    const emulator = await startTestEmulator();
    const statuses = statusesOf(emulator);
    const { id } = await runningRun(emulator);
    emulator.clock.advance(36_000);
    emulator.finish(id);
    assert.deepEqual(statuses, ["READY", "RUNNING", "SUCCEEDED"]);
    const run = emulator.run(id);
    assert.equal(run?.finishedAt, "2026-01-01T00:00:36.000Z");
    assert.equal(run.exitCode, 0);
    assert.equal(run.statusMessage, "Actor has finished");
    assert.equal(run.isStatusMessageTerminal, true);
    assert.equal(run.stats.durationMillis, 36_000);
    assert.equal(run.stats.computeUnits, 0.01);
    assert.ok((run.usageTotalUsd ?? 0) > 0);
    assert.ok((run.usageUsd?.ACTOR_COMPUTE_UNITS ?? 0) > 0);
    assert.equal(emulator.clock.pendingTimers(), 0);
  });

  it("stays READY for as long as one likes", async () => {
    const emulator = await startTestEmulator({ startDelayMillis: 90_000 });
    const { id } = await emulator.startRun();
    emulator.clock.advance(89_999);
    assert.equal(emulator.run(id)?.status, "READY");
    emulator.clock.advance(1);
    assert.equal(emulator.run(id)?.status, "RUNNING");
  });

  it("ends over TIMING-OUT in TIMED-OUT when its time is up", async () => {
    const emulator = await startTestEmulator({ stopDelayMillis: 1000 });
    const statuses = statusesOf(emulator);
    const { id } = await runningRun(emulator, "?timeout=10");
    emulator.clock.advance(9999);
    assert.equal(emulator.run(id)?.status, "RUNNING");
    emulator.clock.advance(1);
    assert.equal(emulator.run(id)?.status, "TIMING-OUT");
    emulator.clock.advance(1000);
    assert.deepEqual(statuses, ["READY", "RUNNING", "TIMING-OUT", "TIMED-OUT"]);
    assert.match(emulator.run(id)?.statusMessage ?? "", /timed out/);
    assert.equal(emulator.run(id)?.exitCode, null);
  });

  it("passes TIMING-OUT also when that takes no time", async () => {
    const emulator = await startTestEmulator();
    const statuses = statusesOf(emulator);
    await runningRun(emulator, "?timeout=10");
    emulator.clock.advance(10_000);
    assert.deepEqual(statuses, ["READY", "RUNNING", "TIMING-OUT", "TIMED-OUT"]);
  });

  it("has no end of its own with a time-out of 0", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator, "?timeout=0");
    emulator.clock.advance(10 * 86_400_000);
    assert.equal(emulator.run(id)?.status, "RUNNING");
  });
});

describe("POST /v2/actor-runs/:id/resurrect", () => {
  closeEmulatorsAfterEach();

  it("brings a run back under its ids, with its build and a new time-out", async () => {
    const emulator = await startTestEmulator();
    const first = await runningRun(emulator, "?timeout=10");
    emulator.clock.advance(10_000);
    emulator.addBuild("janedoe~by-hand", { number: "0.1.2", tags: ["latest"] });
    const reply = await emulator.call<Run>(`POST /v2/actor-runs/${first.id}/resurrect?memory=2048`);
    assert.equal(reply.status, 200);
    const { data: run } = reply;
    assert.equal(run.id, first.id);
    assert.equal(run.defaultDatasetId, first.defaultDatasetId);
    assert.equal(run.buildNumber, "0.1.1");
    assert.deepEqual([run.status, run.finishedAt, run.exitCode], ["RUNNING", null, null]);
    assert.equal(run.statusMessage, null);
    assert.equal(run.stats.resurrectCount, 1);
    assert.deepEqual([run.options.memoryMbytes, run.options.timeoutSecs], [2048, 10]);
    emulator.clock.advance(9999);
    assert.equal(emulator.run(run.id)?.status, "RUNNING");
    emulator.clock.advance(1);
    assert.equal(emulator.run(run.id)?.status, "TIMED-OUT");
  });

  it("takes another build when one is asked for", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    emulator.finish(id);
    const buildId = emulator.addBuild("janedoe~by-hand", { number: "0.1.2", tags: ["latest"] });
    const { data } = await emulator.call<Run>(`POST /v2/actor-runs/${id}/resurrect?build=latest`);
    assert.deepEqual([data.buildId, data.buildNumber], [buildId, "0.1.2"]);
  });

  it("refuses a run that has not ended, and one there is no room for", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    const path = `POST /v2/actor-runs/${id}/resurrect`;
    assertError(await emulator.call(path), 400, "operation-not-allowed");
    emulator.finish(id);
    emulator.setLimits("janedoe", { maxMemoryMbytes: 512 });
    assertError(await emulator.call(path), 402, "actor-memory-limit-exceeded");
    assert.equal(emulator.run(id)?.status, "SUCCEEDED");
  });
});

describe("restartOnError", () => {
  closeEmulatorsAfterEach();

  it("starts a failing Actor three times more, in the same run", async () => {
    let starts = 0;
    const emulator = await startTestEmulator({
      declaration: withActor({
        run: () => {
          starts += 1;
          return Promise.resolve({ exitCode: 5 });
        },
      }),
    });
    const { id } = await emulator.startRun("?restartOnError=true");
    const statuses = statusesOf(emulator);
    emulator.clock.advance(0);
    for (const count of [1, 2, 3]) {
      await emulator.whenRun(({ stats }) => stats.restartCount === count);
      emulator.clock.advance(0);
    }
    const run = await emulator.whenRun(({ status }) => status === "FAILED");
    assert.deepEqual([run.id, run.exitCode, run.stats.restartCount], [id, 5, 3]);
    assert.equal(starts, 4);
    assert.deepEqual(statuses, ["READY", "RUNNING", "FAILED"]);
  });

  it("leaves an Actor alone that is well after one failure", async () => {
    let starts = 0;
    const emulator = await startTestEmulator({
      declaration: withActor({
        run: () => Promise.resolve({ exitCode: starts++ === 0 ? 1 : 0 }),
      }),
    });
    await emulator.startRun("?restartOnError=true");
    emulator.clock.advance(0);
    await emulator.whenRun(({ stats }) => stats.restartCount === 1);
    emulator.clock.advance(0);
    const run = await emulator.whenRun(({ status }) => status === "SUCCEEDED");
    assert.equal(run.stats.restartCount, 1);
  });

  it("does not restart an Actor that nobody asked to restart", async () => {
    const emulator = await startTestEmulator({
      declaration: withActor({ run: () => Promise.resolve({ exitCode: 5 }) }),
    });
    await emulator.startRun();
    emulator.clock.advance(0);
    const run = await emulator.whenRun(({ status }) => status === "FAILED");
    assert.equal(run.stats.restartCount, 0);
  });
});
