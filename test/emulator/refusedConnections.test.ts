import assert from "node:assert/strict";
import { Agent } from "node:http";
import { closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import { rawRequest } from "./support/rawRequest";
import type { RawReply } from "./support/rawRequest";

const task = "GET /v2/actor-tasks/~scrape";

describe("an emulator that refuses connections", () => {
  closeEmulatorsAfterEach();

  it("does so until it is told to accept them again, at the same address", async () => {
    const emulator = await startTestEmulator();
    const allow = await emulator.refuseConnections();
    assert.equal((await rawRequest(emulator, task)).error, "ECONNREFUSED");
    await allow();
    await allow();
    assert.equal((await rawRequest(emulator, task)).status, 200);
  });

  it("answers the open request, but closes its connection", async () => {
    const emulator = await startTestEmulator();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const get = (path: string): Promise<RawReply> => rawRequest(emulator, path, { agent });
    const { id } = await emulator.startRun();
    const set = emulator.timerSet(60_000);
    const held = get(`GET /v2/actor-runs/${id}?waitForFinish=60`);
    await set;
    const allow = await emulator.refuseConnections();
    emulator.finish(id);
    assert.equal((await held).status, 200);
    assert.equal((await get(task)).error, "ECONNREFUSED");
    await allow();
    assert.equal((await get(task)).status, 200);
    agent.destroy();
  });

  it("closes idle connections", async () => {
    const emulator = await startTestEmulator();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    assert.equal((await rawRequest(emulator, task, { agent })).status, 200);
    await emulator.refuseConnections();
    const { error } = await rawRequest(emulator, task, { agent });
    assert.match(error ?? "", /^ECONN(REFUSED|RESET)$/);
    agent.destroy();
  });

  it("can be closed, with requests from before and after it refused connections", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    const wait = `GET /v2/actor-runs/${id}?waitForFinish=60`;
    const early = emulator.timerSet(60_000);
    const replies = [rawRequest(emulator, wait)];
    await early;
    await (
      await emulator.refuseConnections()
    )();
    const late = emulator.timerSet(60_000);
    replies.push(rawRequest(emulator, wait));
    await late;
    await emulator.refuseConnections();
    assert.equal(emulator.held(), 2);
    await emulator.close();
    const errors = (await Promise.all(replies)).map(({ error }) => error);
    assert.deepEqual(errors, ["ECONNRESET", "ECONNRESET"]);
    assert.equal(emulator.held(), 0);
  });
});
