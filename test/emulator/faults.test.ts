import assert from "node:assert/strict";
import { Agent } from "node:http";
import { faultAnswers } from "../../emulator";
import { closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import { rawRequest } from "./support/rawRequest";
import type { Endpoint, Fault, FaultAnswer } from "../../emulator";
import type { TestEmulator } from "./support/emulator";
import type { RawReply } from "./support/rawRequest";

const start = "POST /v2/actor-tasks/~scrape/runs";

/** Starts a run under a fault. */
async function startUnder(
  fault: Fault,
): Promise<{ emulator: TestEmulator; reply: RawReply; runs: number }> {
  const emulator = await startTestEmulator();
  const injected = emulator.faults.inject({ endpoint: "startRun", fault });
  const reply = await rawRequest(emulator, start);
  assert.equal(injected.hits, 1);
  return { emulator, reply, runs: emulator.runs().length };
}

/** Resolves when the emulator holds so many requests back. */
async function holding(emulator: TestEmulator, count: number): Promise<void> {
  while (emulator.held() !== count) await new Promise((resolve) => setImmediate(resolve));
}

describe("a fault", () => {
  closeEmulatorsAfterEach();

  it("resets the connection before or after the work", async () => {
    const before = await startUnder({ kind: "reset", when: "beforeWork" });
    assert.deepEqual([before.reply.error, before.runs], ["ECONNRESET", 0]);
    const after = await startUnder({ kind: "reset", when: "afterWork" });
    assert.deepEqual([after.reply.error, after.runs], ["ECONNRESET", 1]);
    assert.equal(after.emulator.requests[0]?.status, undefined);
  });

  for (const [when, runs] of [
    ["beforeWork", 0],
    ["afterWork", 1],
  ] as const) {
    it(`holds the answer for ever, ${when}, and lets go with the client`, async () => {
      const emulator = await startTestEmulator();
      emulator.faults.inject({ endpoint: "startRun", fault: { kind: "stall", when } });
      const giveUp = new AbortController();
      const reply = rawRequest(emulator, start, { signal: giveUp.signal });
      await holding(emulator, 1);
      assert.equal(emulator.runs().length, runs);
      giveUp.abort();
      assert.equal((await reply).error, "ABORT_ERR");
      await holding(emulator, 0);
    });
  }

  it("holds the rest of a body, after headers and the bytes asked for", async () => {
    const emulator = await startTestEmulator();
    emulator.faults.inject({ endpoint: "startRun", fault: { kind: "stallBody", bytes: 10 } });
    const giveUp = new AbortController();
    let heard = (): void => undefined;
    const piece = new Promise<void>((resolve) => (heard = resolve));
    const sent = rawRequest(emulator, start, { signal: giveUp.signal, onPiece: heard });
    await piece;
    await holding(emulator, 1);
    giveUp.abort();
    const reply = await sent;
    assert.deepEqual([reply.status, reply.body.length], [201, 10]);
    assert.ok(Number(reply.headers["content-length"]) > 1000);
    await holding(emulator, 0);
  });

  it("cuts a body in half, or after the bytes asked for, so that these arrive", async () => {
    const half = await startUnder({ kind: "cutBody" });
    const length = Number(half.reply.headers["content-length"]);
    assert.deepEqual(
      [half.reply.status, half.reply.body.length, half.reply.error, half.runs],
      [201, Math.floor(length / 2), "ECONNRESET", 1],
    );
    assert.match(half.reply.headers.location ?? "", /\/runs\/\w+$/);
    const { reply } = await startUnder({ kind: "cutBody", bytes: 0 });
    assert.deepEqual([reply.status, reply.body, reply.error], [201, "", "ECONNRESET"]);
  });

  it("keeps at least one byte back, however many are to be sent", async () => {
    for (const bytes of [1_000_000, Infinity]) {
      const { reply } = await startUnder({ kind: "cutBody", bytes });
      const announced = Number(reply.headers["content-length"]);
      assert.deepEqual([reply.body.length, reply.error], [announced - 1, "ECONNRESET"]);
    }
  });

  it("cuts an answer without a body before its head", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    emulator.finish(id);
    emulator.faults.inject({ endpoint: "deleteRun", fault: { kind: "cutBody" } });
    const reply = await rawRequest(emulator, `DELETE /v2/actor-runs/${id}`);
    assert.deepEqual([reply.status, reply.error], [undefined, "ECONNRESET"]);
    assert.deepEqual(emulator.runs(), []);
  });

  it("sends a body in pieces, with pauses of the emulator's time", async () => {
    const emulator = await startTestEmulator();
    const fault = { kind: "slowBody", chunks: 3, pauseMillis: 500 } as const;
    emulator.faults.inject({ endpoint: "startRun", fault });
    let pieces = 0;
    const sent = rawRequest(emulator, start, { onPiece: () => (pieces += 1) });
    for (const [pause, expected] of [1, 2].entries()) {
      await holding(emulator, 1);
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

  it("leaves the timers of a slow body to nobody when its client goes away", async () => {
    const emulator = await startTestEmulator();
    const fault = { kind: "slowBody", chunks: 3, pauseMillis: 500 } as const;
    emulator.faults.inject({ endpoint: "getTask", fault });
    const giveUp = new AbortController();
    const sent = rawRequest(emulator, "GET /v2/actor-tasks/~scrape", { signal: giveUp.signal });
    await holding(emulator, 1);
    giveUp.abort();
    await sent;
    await holding(emulator, 0);
    assert.equal(emulator.clock.pendingTimers(), 0);
  });

  it("empties a body, and keeps status and headers", async () => {
    const { reply, runs } = await startUnder({ kind: "emptyBody" });
    assert.deepEqual([reply.status, reply.body, runs], [201, "", 1]);
    assert.equal(reply.headers["content-length"], "0");
    assert.match(reply.headers.location ?? "", /\/runs\/\w+$/);
  });

  it("puts what is not JSON in place of a body, uncompressed", async () => {
    const emulator = await startTestEmulator();
    emulator.faults.inject({ endpoint: "startRun", fault: { kind: "notJson" } });
    const headers = { "Accept-Encoding": "gzip" };
    const reply = await rawRequest(emulator, start, { headers });
    assert.deepEqual([reply.status, reply.body], [201, "<<not json>>"]);
    assert.equal(reply.headers["content-encoding"], undefined);
    assert.equal(emulator.runs().length, 1);
  });

  it("resets connections that are used again, and counts only those", async () => {
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

describe("a fault that answers", () => {
  closeEmulatorsAfterEach();

  const { rateLimited, memoryLimitExceeded, concurrentRunsExceeded } = faultAnswers;
  const { serverError, requestTimeout, htmlPage, redirect, hugeError } = faultAnswers;

  const cases: [string, FaultAnswer, number, number, RegExp][] = [
    ["429", rateLimited("7"), 429, 0, /"rate-limit-exceeded"/],
    ["402 for memory", memoryLimitExceeded(), 402, 0, /"actor-memory-limit-exceeded"/],
    ["402 for runs", concurrentRunsExceeded(), 402, 0, /"concurrent-runs-limit-exceeded"/],
    ["500 with effect", serverError("done"), 500, 1, /"internal-server-error"/],
    ["500 without", serverError("none"), 500, 0, /"internal-server-error"/],
    ["408 with effect", requestTimeout("done"), 408, 1, /"error"/],
    ["a page", htmlPage(502, "done"), 502, 1, /^<html>/],
    ["a redirect", redirect("http://elsewhere/"), 302, 0, /^$/],
    ["a huge error", hugeError(10_000_000), 500, 0, /x{1000}/],
    [
      "anything",
      { kind: "answer", work: "none", status: 418, type: "t", message: "m", data: { a: 1 } },
      418,
      0,
      /"data": \{\s*"a": 1/,
    ],
  ];
  for (const [name, fault, status, runs, body] of cases) {
    it(`sends ${name}`, async () => {
      const under = await startUnder(fault);
      assert.deepEqual([under.reply.status, under.runs], [status, runs]);
      assert.match(under.reply.body, body);
      assert.equal(under.reply.headers.date, "Thu, 01 Jan 2026 00:00:00 GMT");
      assert.equal(under.emulator.requests[0]?.status, status);
    });
  }

  it("sends its headers, a Date of its own too", async () => {
    const headers = { "retry-after": "x", date: "then" };
    const { reply } = await startUnder({ kind: "answer", work: "none", status: 503, headers });
    assert.deepEqual([reply.headers["retry-after"], reply.headers.date], ["x", "then"]);
    const limited = await startUnder(rateLimited("7"));
    assert.equal(limited.reply.headers["retry-after"], "7");
  });
});

describe("the requests that a fault meets", () => {
  closeEmulatorsAfterEach();

  const statuses = async (emulator: TestEmulator, count: number): Promise<unknown[]> => {
    const seen: unknown[] = [];
    for (let sent = 0; sent < count; sent++) {
      seen.push((await rawRequest(emulator, "GET /v2/actor-tasks/~scrape")).status);
    }
    return seen;
  };
  const fault = faultAnswers.serverError("none");

  it("are one, or as many as was said, after those that it lets pass", async () => {
    const emulator = await startTestEmulator();
    emulator.faults.inject({ endpoint: "getTask", fault });
    assert.deepEqual(await statuses(emulator, 2), [500, 200]);
    const twice = emulator.faults.inject({ endpoint: "getTask", fault, times: 2, skip: 1 });
    assert.deepEqual(await statuses(emulator, 4), [200, 500, 500, 200]);
    assert.deepEqual([twice.hits, emulator.faults.injected], [2, 3]);
  });

  it("are all of them until it is taken out, alone or with all others", async () => {
    const emulator = await startTestEmulator();
    const endless = { endpoint: "getTask", fault, times: Infinity } as const;
    const injected = emulator.faults.inject(endless);
    assert.deepEqual(await statuses(emulator, 3), [500, 500, 500]);
    injected.remove();
    assert.deepEqual(await statuses(emulator, 1), [200]);
    emulator.faults.inject(endless);
    emulator.faults.clear();
    assert.deepEqual(await statuses(emulator, 1), [200]);
  });

  it("are met by the fault that was injected first", async () => {
    const emulator = await startTestEmulator();
    emulator.faults.inject({ endpoint: "any", fault: { ...fault, status: 501 } });
    emulator.faults.inject({ endpoint: "getTask", fault: { ...fault, status: 502 }, skip: 1 });
    assert.deepEqual(await statuses(emulator, 4), [501, 200, 502, 200]);
  });

  it("can be chosen by what they say", async () => {
    const emulator = await startTestEmulator();
    emulator.faults.inject({
      endpoint: "startRun",
      fault,
      when: ({ path, body }) => path.endsWith("?memory=256") && body === undefined,
    });
    assert.equal((await rawRequest(emulator, start)).status, 201);
    assert.equal((await rawRequest(emulator, `${start}?memory=256`)).status, 500);
  });

  const requests: Record<Exclude<Endpoint, "any">, string> = {
    startRun: start,
    listTaskRuns: "GET /v2/actor-tasks/~scrape/runs?desc=1",
    getRun: "GET /v2/actor-runs/x?waitForFinish=60",
    abortRun: "POST /v2/actor-runs/x/abort",
    deleteRun: "DELETE /v2/actor-runs/x",
    getRunLog: "GET /v2/actor-runs/x/log",
    getTask: "GET /v2/actor-tasks/x",
    getActor: "GET /v2/actors/x",
    getDataset: "GET /v2/datasets/x",
    getDatasetItems: "GET /v2/datasets/x/items",
    getRecord: "GET /v2/key-value-stores/x/records/OUTPUT",
    deleteStorage: "DELETE /v2/request-queues/x",
  };
  it("are those of its endpoint only", async () => {
    const emulator = await startTestEmulator();
    for (const endpoint of Object.keys(requests) as (keyof typeof requests)[]) {
      const injected = emulator.faults.inject({ endpoint, fault, times: Infinity });
      const met: string[] = [];
      for (const [name, request] of Object.entries(requests)) {
        const { hits } = injected;
        await rawRequest(emulator, request);
        if (injected.hits > hits) met.push(name);
      }
      assert.deepEqual(met, [endpoint]);
      injected.remove();
    }
  });
});
