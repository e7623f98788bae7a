import assert from "node:assert/strict";
import { Agent } from "node:http";
import { closeEmulatorsAfterEach, startTestEmulator, untilHeld } from "./support/emulator";
import { rawRequest } from "./support/rawRequest";
import { startWithFault } from "./support/startWithFault";
import type { RawReply } from "./support/rawRequest";

const start = "POST /v2/actor-tasks/~scrape/runs";

describe("a fault", () => {
  closeEmulatorsAfterEach();

  it("resets the connection before or after the request is carried out", async () => {
    const before = await startWithFault({ kind: "reset", when: "beforeWork" });
    assert.deepEqual([before.reply.error, before.runs], ["ECONNRESET", 0]);
    const after = await startWithFault({ kind: "reset", when: "afterWork" });
    assert.deepEqual([after.reply.error, after.runs], ["ECONNRESET", 1]);
    assert.equal(after.emulator.requests[0]?.status, undefined);
  });

  for (const [when, runs] of [
    ["beforeWork", 0],
    ["afterWork", 1],
  ] as const) {
    it(`holds the request open, ${when}, until the client disconnects`, async () => {
      const emulator = await startTestEmulator();
      emulator.faults.inject({ endpoint: "startRun", fault: { kind: "stall", when } });
      const giveUp = new AbortController();
      const reply = rawRequest(emulator, start, { signal: giveUp.signal });
      await untilHeld(emulator, 1);
      assert.equal(emulator.runs().length, runs);
      giveUp.abort();
      assert.equal((await reply).error, "ABORT_ERR");
      await untilHeld(emulator, 0);
    });
  }

  it("holds back the rest of a body, after the headers and some bytes", async () => {
    const emulator = await startTestEmulator();
    emulator.faults.inject({ endpoint: "startRun", fault: { kind: "stallBody", bytes: 10 } });
    const giveUp = new AbortController();
    let heard = (): void => undefined;
    const piece = new Promise<void>((resolve) => (heard = resolve));
    const sent = rawRequest(emulator, start, { signal: giveUp.signal, onPiece: heard });
    await piece;
    await untilHeld(emulator, 1);
    giveUp.abort();
    const reply = await sent;
    assert.deepEqual([reply.status, reply.body.length], [201, 10]);
    assert.ok(Number(reply.headers["content-length"]) > 1000);
    await untilHeld(emulator, 0);
  });

  it("cuts a body in half or after some bytes, and those arrive", async () => {
    const half = await startWithFault({ kind: "cutBody" });
    const length = Number(half.reply.headers["content-length"]);
    assert.deepEqual(
      [half.reply.status, half.reply.body.length, half.reply.error, half.runs],
      [201, Math.floor(length / 2), "ECONNRESET", 1],
    );
    assert.match(half.reply.headers.location ?? "", /\/runs\/\w+$/);
    const { reply } = await startWithFault({ kind: "cutBody", bytes: 0 });
    assert.deepEqual([reply.status, reply.body, reply.error], [201, "", "ECONNRESET"]);
  });

  it("holds back at least one byte, however many it should send", async () => {
    for (const bytes of [1_000_000, Infinity]) {
      const { reply } = await startWithFault({ kind: "cutBody", bytes });
      const announced = Number(reply.headers["content-length"]);
      assert.deepEqual([reply.body.length, reply.error], [announced - 1, "ECONNRESET"]);
    }
  });

  it("sends nothing of an answer that has no body to cut", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    emulator.finish(id);
    emulator.faults.inject({ endpoint: "deleteRun", fault: { kind: "cutBody" } });
    const reply = await rawRequest(emulator, `DELETE /v2/actor-runs/${id}`);
    assert.deepEqual([reply.status, reply.error], [undefined, "ECONNRESET"]);
    assert.deepEqual(emulator.runs(), []);
  });

  it("sends a body in chunks, with pauses by the emulator's clock", async () => {
    const emulator = await startTestEmulator();
    const fault = { kind: "slowBody", chunks: 3, pauseMillis: 500 } as const;
    emulator.faults.inject({ endpoint: "startRun", fault });
    let pieces = 0;
    const sent = rawRequest(emulator, start, { onPiece: () => (pieces += 1) });
    for (const [pause, expected] of [1, 2].entries()) {
      await untilHeld(emulator, 1);
      while (pieces < expected) await new Promise((resolve) => setImmediate(resolve));
      assert.equal(pieces, pause + 1);
      emulator.clock.advance(499);
      assert.equal(emulator.held(), 1);
      emulator.clock.advance(1);
      assert.equal(emulator.held(), 0);
    }
    const { body, error } = await sent;
    assert.equal(error, undefined);
    assert.equal((JSON.parse(body) as { data: { id: string } }).data.id, emulator.runs()[0]?.id);
  });

  it("cancels the timers of a slow body when the client disconnects", async () => {
    const emulator = await startTestEmulator();
    const fault = { kind: "slowBody", chunks: 3, pauseMillis: 500 } as const;
    emulator.faults.inject({ endpoint: "getTask", fault });
    const giveUp = new AbortController();
    const sent = rawRequest(emulator, "GET /v2/actor-tasks/~scrape", { signal: giveUp.signal });
    await untilHeld(emulator, 1);
    giveUp.abort();
    await sent;
    await untilHeld(emulator, 0);
    assert.equal(emulator.clock.pendingTimers(), 0);
  });

  it("empties a body, and keeps status and headers", async () => {
    const { reply, runs } = await startWithFault({ kind: "emptyBody" });
    assert.deepEqual([reply.status, reply.body, runs], [201, "", 1]);
    assert.equal(reply.headers["content-length"], "0");
    assert.match(reply.headers.location ?? "", /\/runs\/\w+$/);
  });

  it("replaces a body with one that is not JSON and not compressed", async () => {
    const emulator = await startTestEmulator();
    emulator.faults.inject({ endpoint: "startRun", fault: { kind: "notJson" } });
    const headers = { "Accept-Encoding": "gzip" };
    const reply = await rawRequest(emulator, start, { headers });
    assert.deepEqual([reply.status, reply.body], [201, "<<not json>>"]);
    assert.equal(reply.headers["content-encoding"], undefined);
    assert.equal(emulator.runs().length, 1);
  });

  it("resets connections that are reused, and counts only those", async () => {
    const emulator = await startTestEmulator();
    const injected = emulator.faults.inject({ endpoint: "any", fault: { kind: "closeReused" } });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const get = (): Promise<RawReply> =>
      rawRequest(emulator, "GET /v2/actor-tasks/~scrape", { agent });
    assert.deepEqual([(await get()).status, injected.hits], [200, 0]);
    assert.deepEqual([(await get()).error, injected.hits], ["ECONNRESET", 1]);
    assert.deepEqual([(await get()).status, (await get()).status], [200, 200]);
    assert.deepEqual([injected.hits, emulator.faults.injected], [1, 1]);
    agent.destroy();
  });
});
