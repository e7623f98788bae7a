import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "./support/checkResponses";
import {
  assertError,
  closeEmulatorsAfterEach,
  runningRun,
  startTestEmulator,
} from "./support/emulator";
import type { Run } from "../../emulator";

describe("POST /v2/actor-runs/:id/resurrect", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("restarts a run with the same ids and build, and a new timeout", async () => {
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

  it("uses another build on request", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    emulator.finish(id);
    const buildId = emulator.addBuild("janedoe~by-hand", { number: "0.1.2", tags: ["latest"] });
    const { data } = await emulator.call<Run>(`POST /v2/actor-runs/${id}/resurrect?build=latest`);
    assert.deepEqual([data.buildId, data.buildNumber], [buildId, "0.1.2"]);
  });

  it("has used at least what it had used before, with less memory and items deleted", async () => {
    const emulator = await startTestEmulator();
    const { id, defaultDatasetId } = await runningRun(emulator, "?memory=4096");
    await emulator.call(`POST /v2/datasets/${defaultDatasetId}/items`, { json: [{ n: 1 }] });
    emulator.clock.advance(60_000);
    emulator.finish(id);
    const before = emulator.run(id)?.usage;
    await emulator.call(`DELETE /v2/datasets/${defaultDatasetId}`);
    await emulator.call(`POST /v2/actor-runs/${id}/resurrect?memory=128`);
    emulator.finish(id);
    assert.ok((before?.DATASET_WRITES ?? 0) > 0);
    assert.deepEqual(emulator.run(id)?.usage, before);
  });

  it("refuses a run that has not ended, or that exceeds the limits of the account", async () => {
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
