import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "./support/checkResponses";
import {
  assertError,
  closeEmulatorsAfterEach,
  runningRun,
  startTestEmulator,
  untilHeld,
} from "./support/emulator";

describe("the log of a run", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("is followed until the run ends, from its beginning", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    const response = await fetch(`${emulator.url}/v2/logs/${id}?stream=1`);
    assert.equal(response.headers.get("content-length"), null);
    emulator.log(id, "one\ntwo");
    emulator.finish(id);
    assert.match(await response.text(), /RUNNING\n.* one\n.* two\n.*SUCCEEDED\n$/s);
    assert.equal(emulator.held(), 0);
  });

  it("is whole at once if the run has ended, even as a stream", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    emulator.finish(id);
    const { headers, text } = await emulator.call(`GET /v2/logs/${id}?stream=1`);
    assert.notEqual(headers.get("content-length"), null);
    assert.match(text, /SUCCEEDED\n$/);
  });

  it("is no longer followed when the client disconnects or the run is deleted", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    const client = new AbortController();
    await fetch(`${emulator.url}/v2/logs/${id}?stream=1`, { signal: client.signal });
    const response = await fetch(`${emulator.url}/v2/actor-runs/${id}/log?stream=1`);
    await untilHeld(emulator, 2);
    client.abort();
    await untilHeld(emulator, 1);
    emulator.expireRun(id);
    await response.text();
    assert.equal(emulator.held(), 0);
  });

  it("has tokens only for the account of the run", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    const path = `GET /v2/logs/${id}`;
    const response = await fetch(`${emulator.url}/v2/logs/${id}?stream=1`);
    emulator.log(id, "jane-token");
    emulator.finish(id);
    assert.match((await emulator.call(path)).text, /Z jane-token\n/);
    for (const text of [await response.text(), (await emulator.call(path, { token: null })).text]) {
      assert.match(text, /Z \(token\)\n/);
    }
  });

  it("does not keep the emulator from closing", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    const response = await fetch(`${emulator.url}/v2/logs/${id}?stream=1`);
    await untilHeld(emulator, 1);
    await emulator.close();
    await assert.rejects(response.text());
  });

  it("can be downloaded, raw or without escape codes", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    emulator.log(id, "\u001b[31mred\u001b[0m");
    const plain = await emulator.call(`GET /v2/logs/${id}?download=1`);
    assert.equal(plain.headers.get("content-disposition"), `attachment; filename="${id}.txt"`);
    assert.match(plain.text, /Z red\n$/);
    const raw = await emulator.call(`GET /v2/logs/${id}?raw=true`);
    assert.ok(raw.text.endsWith("\u001b[31mred\u001b[0m\n"));
    assertError(await emulator.call("GET /v2/actor-builds/none/log"), 404, "record-not-found");
  });

  it("is read at once, whatever escape codes its Actor has begun", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    emulator.log(id, `\u001B${";?".repeat(500_000)}`);
    emulator.log(id, "\u001B[".repeat(500_000));
    const { text } = await emulator.call(`GET /v2/logs/${id}`);
    assert.match(text, /;\?;\?\n/);
  });

  it("keeps the end of what is longer than Apify's limit", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    for (let line = 0; line < 12; line += 1) emulator.log(id, `${line}:${"x".repeat(2 ** 20)}`);
    const { text } = await emulator.call(`GET /v2/logs/${id}`);
    assert.ok(text.length <= 10_485_760);
    assert.match(text.slice(-(2 ** 20) - 40), /Z 11:x+\n$/);
  });
});
