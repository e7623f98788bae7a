import assert from "node:assert/strict";
import { assertError, closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import type { Run } from "../../emulator";

describe("GET /v2/actor-runs/:id", () => {
  closeEmulatorsAfterEach();

  it("answers with the run", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    assert.deepEqual((await emulator.call(`GET /v2/actor-runs/${run.id}`)).data, run);
  });

  it("needs no token, but then hides the cost of the run", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    const { data } = await emulator.call(`GET /v2/actor-runs/${run.id}`, { token: null });
    assert.equal(data.id, run.id);
    assert.equal("usageUsd" in data, false);
    assert.equal("usageTotalUsd" in data, false);
    assert.equal("usage" in data, true);
  });

  it("answers 404 for an unknown run, and for one of another account", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    const other = await emulator.call(`GET /v2/actor-runs/${run.id}`, { token: "john-token" });
    assertError(other, 404, "record-not-found");
    assert.equal(other.error.message, "Run was not found");
    assertError(await emulator.call("GET /v2/actor-runs/none"), 404, "record-not-found");
  });

  it("holds the request open until the run is terminal", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    const held = emulator.timerSet(5000);
    const reply = emulator.call<Run>(`GET /v2/actor-runs/${run.id}?waitForFinish=5`);
    await held;
    emulator.finish(run.id, { status: "SOMETHING-NEW" });
    emulator.finish(run.id, { status: "FAILED", exitCode: 7 });
    const { data } = await reply;
    assert.deepEqual([data.status, data.exitCode], ["FAILED", 7]);
  });

  it("waits at most 60 s, and not at all for a negative number", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    emulator.clock.advance(0);
    const held = emulator.timerSet(60_000);
    const reply = emulator.call<Run>(`GET /v2/actor-runs/${run.id}?waitForFinish=999999`);
    await held;
    emulator.clock.advance(60_000);
    assert.equal((await reply).data.status, "RUNNING");
    const atOnce = await emulator.call<Run>(`GET /v2/actor-runs/${run.id}?waitForFinish=-5`);
    assert.equal(atOnce.data.status, "RUNNING");
  });

  it("answers 404 if the run is removed meanwhile", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    const held = emulator.timerSet(60_000);
    const reply = emulator.call(`GET /v2/actor-runs/${run.id}?waitForFinish=60`);
    await held;
    emulator.expireRun(run.id);
    assertError(await reply, 404, "record-not-found");
  });

  it("stops waiting when the client disconnects", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    emulator.clock.advance(0);
    const timersBefore = emulator.clock.pendingTimers();
    const held = emulator.timerSet(60_000);
    const controller = new AbortController();
    const gone = new Promise<void>((resolve) => {
      emulator.use((_request, { response }) => {
        response.once("close", resolve);
        return "pass";
      });
    });
    const url = `${emulator.url}/v2/actor-runs/${run.id}?waitForFinish=60`;
    const reply = fetch(url, { signal: controller.signal });
    await held;
    assert.equal(emulator.clock.pendingTimers(), timersBefore + 1);
    controller.abort();
    await assert.rejects(reply);
    await gone;
    assert.equal(emulator.clock.pendingTimers(), timersBefore);
  });
});

describe("PUT /v2/actor-runs/:id", () => {
  closeEmulatorsAfterEach();

  it("sets the status message, which the end of the run does not replace", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    const json = { statusMessage: "12 pages", isStatusMessageTerminal: true };
    const reply = await emulator.call<Run>(`PUT /v2/actor-runs/${id}`, { json });
    assert.equal(reply.data.statusMessage, "12 pages");
    emulator.finish(id);
    const run = emulator.run(id);
    assert.deepEqual([run?.statusMessage, run?.isStatusMessageTerminal], ["12 pages", true]);
  });

  it("refuses a body that is not an object, an unknown general access and another account", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    const path = `PUT /v2/actor-runs/${id}`;
    assertError(await emulator.call(path, { json: [] }), 400, "invalid-request");
    const unknown = { statusMessage: "not set", generalAccess: "ANYONE" };
    assertError(await emulator.call(path, { json: unknown }), 400, "invalid-value");
    assert.equal(emulator.run(id)?.statusMessage, null);
    assertError(await emulator.call(path, { token: "john-token" }), 404, "record-not-found");
    assertError(await emulator.call(path, { token: null }), 401, "token-not-provided");
  });
});

describe("DELETE /v2/actor-runs/:id", () => {
  closeEmulatorsAfterEach();

  it("refuses a run that has not ended", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    const reply = await emulator.call(`DELETE /v2/actor-runs/${id}`);
    assertError(reply, 400, "cannot-remove-running-run");
    assert.equal(emulator.runs().length, 1);
  });

  it("removes a run that has ended, but not its storages", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    emulator.finish(run.id);
    const reply = await emulator.call(`DELETE /v2/actor-runs/${run.id}`);
    assert.deepEqual([reply.status, reply.text], [204, ""]);
    assertError(await emulator.call(`GET /v2/actor-runs/${run.id}`), 404, "record-not-found");
    const dataset = await emulator.call(`GET /v2/datasets/${run.defaultDatasetId}`);
    assert.equal(dataset.status, 200);
  });
});

describe("the log of a run", () => {
  closeEmulatorsAfterEach();

  it("is plain text whose lines have their time, with or without a token", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    emulator.clock.advance(0);
    for (const path of [`/v2/actor-runs/${id}/log`, `/v2/logs/${id}`]) {
      const reply = await emulator.call(`GET ${path}`, { token: null });
      assert.equal(reply.headers.get("content-type"), "text/plain; charset=utf-8");
      assert.match(reply.text, /^2026-01-01T00:00:00\.000Z .*RUNNING\n$/);
    }
    assertError(await emulator.call("GET /v2/logs/none"), 404, "record-not-found");
  });
});
