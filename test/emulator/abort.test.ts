import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "./support/checkResponses";
import {
  assertError,
  closeEmulatorsAfterEach,
  runningRun,
  startTestEmulator,
} from "./support/emulator";
import type { Run } from "../../emulator";

describe("POST /v2/actor-runs/:id/abort", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("ends a READY run immediately, without an exit code", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    const { data, status } = await emulator.call<Run>(`POST /v2/actor-runs/${id}/abort`);
    assert.deepEqual([status, data.status, data.exitCode], [200, "ABORTED", null]);
    emulator.clock.advance(0);
    assert.equal(emulator.run(id)?.status, "ABORTED");
  });

  it("ends a running run as ABORTED, after ABORTING", async () => {
    const emulator = await startTestEmulator({ stopDelayMillis: 500 });
    const { id } = await runningRun(emulator);
    const { data } = await emulator.call<Run>(`POST /v2/actor-runs/${id}/abort`);
    assert.equal(data.status, "ABORTING");
    emulator.clock.advance(500);
    const run = emulator.run(id);
    assert.deepEqual(
      [run?.status, run?.statusMessage, run?.exitCode],
      ["ABORTED", "Actor was aborted", 0],
    );
  });

  it("answers ABORTED if stopping takes no time", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    const { data } = await emulator.call<Run>(`POST /v2/actor-runs/${id}/abort?gracefully=false`);
    assert.equal(data.status, "ABORTED");
  });

  it("gives a run 30 s to end gracefully", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator, "?timeout=40");
    const abort = `POST /v2/actor-runs/${id}/abort?gracefully=true`;
    assert.equal((await emulator.call<Run>(abort)).data.status, "ABORTING");
    emulator.clock.advance(20_000);
    assert.equal((await emulator.call<Run>(abort)).data.status, "ABORTING");
    emulator.clock.advance(9_999);
    assert.equal(emulator.run(id)?.status, "ABORTING");
    emulator.clock.advance(1);
    assert.equal(emulator.run(id)?.status, "ABORTED");
    assert.equal(emulator.clock.pendingTimers(), 0);
  });

  it("ends a run as ABORTED if it stops gracefully by itself", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    await emulator.call(`POST /v2/actor-runs/${id}/abort?gracefully=1`);
    emulator.finish(id);
    assert.equal(emulator.run(id)?.status, "ABORTED");
  });

  it("kills the run immediately if a second abort is not graceful", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    await emulator.call(`POST /v2/actor-runs/${id}/abort?gracefully=true`);
    const { data } = await emulator.call<Run>(`POST /v2/actor-runs/${id}/abort`);
    assert.equal(data.status, "ABORTED");
  });

  it("does not change a run that has ended", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    emulator.finish(id, { status: "FAILED", exitCode: 2 });
    const before = emulator.run(id);
    emulator.clock.advance(5000);
    const { data, status } = await emulator.call(`POST /v2/actor-runs/${id}/abort`);
    assert.equal(status, 200);
    assert.deepEqual(data, before);
  });

  it("aborts a run that is timing out", async () => {
    const emulator = await startTestEmulator({ stopDelayMillis: 1000 });
    const { id } = await runningRun(emulator, "?timeout=1");
    emulator.clock.advance(1000);
    await emulator.call(`POST /v2/actor-runs/${id}/abort`);
    emulator.clock.advance(1000);
    assert.equal(emulator.run(id)?.status, "ABORTED");
  });

  it("does not abort the run of another user, or without a token", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    const path = `POST /v2/actor-runs/${id}/abort`;
    assertError(await emulator.call(path, { token: "john-token" }), 404, "record-not-found");
    assertError(await emulator.call(path, { token: null }), 401, "token-not-provided");
    assert.equal(emulator.run(id)?.status, "RUNNING");
  });
});
