import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "./support/checkResponses";
import {
  closeEmulatorsAfterEach,
  runningRun,
  startTestEmulator,
  withActor,
} from "./support/emulator";
import type { TestEmulator } from "./support/emulator";

/** Records the statuses of runs from now on. */
function statusesOf(emulator: TestEmulator): string[] {
  const statuses: string[] = [];
  void emulator.whenRun((run) => {
    if (statuses.at(-1) !== run.status) statuses.push(run.status);
    return false;
  });
  return statuses;
}

describe("the lifecycle of a run", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("goes from READY through RUNNING to SUCCEEDED", async () => {
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

  it("stays READY for the configured time", async () => {
    const emulator = await startTestEmulator({ startDelayMillis: 90_000 });
    const { id } = await emulator.startRun();
    emulator.clock.advance(89_999);
    assert.equal(emulator.run(id)?.status, "READY");
    emulator.clock.advance(1);
    assert.equal(emulator.run(id)?.status, "RUNNING");
  });

  it("ends as TIMED-OUT, after TIMING-OUT, when its time is up", async () => {
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

  it("passes through TIMING-OUT even if that takes no time", async () => {
    const emulator = await startTestEmulator();
    const statuses = statusesOf(emulator);
    await runningRun(emulator, "?timeout=10");
    emulator.clock.advance(10_000);
    assert.deepEqual(statuses, ["READY", "RUNNING", "TIMING-OUT", "TIMED-OUT"]);
  });

  it("never times out with a timeout of 0", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator, "?timeout=0");
    emulator.clock.advance(10 * 86_400_000);
    assert.equal(emulator.run(id)?.status, "RUNNING");
  });
});

describe("restartOnError", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("restarts a failing Actor three times, in the same run", async () => {
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

  it("does not restart an Actor that succeeds after one failure", async () => {
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

  it("does not restart an Actor without the option", async () => {
    const emulator = await startTestEmulator({
      declaration: withActor({ run: () => Promise.resolve({ exitCode: 5 }) }),
    });
    await emulator.startRun();
    emulator.clock.advance(0);
    const run = await emulator.whenRun(({ status }) => status === "FAILED");
    assert.equal(run.stats.restartCount, 0);
  });
});
