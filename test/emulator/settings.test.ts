import assert from "node:assert/strict";
import { Agent } from "node:http";
import { assertError, closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import { rawRequest } from "./support/rawRequest";
import type { Run } from "../../emulator";
import type { RawReply } from "./support/rawRequest";

const task = "GET /v2/actor-tasks/~scrape";

describe("the behaviour of an emulator", () => {
  closeEmulatorsAfterEach();

  it("can hide a new run from the first reads by its id, which lists do not mind", async () => {
    const emulator = await startTestEmulator({ readLagReads: 2 });
    const { id } = await emulator.startRun();
    const path = `GET /v2/actor-runs/${id}`;
    assertError(await emulator.call(path), 404, "record-not-found");
    assertError(await emulator.call(`${path}?waitForFinish=60`), 404, "record-not-found");
    assert.equal((await emulator.call(path)).status, 200);
    assert.equal((await emulator.call<{ total: number }>(`${task}/runs`)).data.total, 1);
  });

  it("can keep a new run out of the lists for a time, whatever its record says", async () => {
    const emulator = await startTestEmulator({ listLagMillis: 5_000 });
    const { id } = await emulator.startRun();
    emulator.setStatus(id, { startedAt: "2020-01-01T00:00:00.000Z" });
    const totals = async (): Promise<number[]> => {
      const lists = [`${task}/runs`, "GET /v2/actor-runs"];
      const pages = lists.map((path) => emulator.call<{ total: number }>(path));
      return (await Promise.all(pages)).map(({ data }) => data.total);
    };
    emulator.clock.advance(4_999);
    assert.deepEqual(await totals(), [0, 0]);
    assert.equal((await emulator.call<Run>(`GET /v2/actor-runs/${id}`)).data.id, id);
    emulator.clock.advance(1);
    assert.deepEqual(await totals(), [1, 1]);
  });

  it("can have a Date that is wrong, or none, and be changed on the way", async () => {
    const emulator = await startTestEmulator({ dateSkewMillis: -3_600_000 });
    const date = async (): Promise<string | undefined> =>
      (await rawRequest(emulator, task)).headers.date;
    assert.equal(await date(), "Wed, 31 Dec 2025 23:00:00 GMT");
    emulator.changeSettings({ dateHeader: "missing" });
    assert.equal(await date(), undefined);
    emulator.changeSettings({ dateHeader: "sent", dateSkewMillis: 1_000 });
    assert.equal(await date(), "Thu, 01 Jan 2026 00:00:01 GMT");
    assert.equal((await emulator.startRun()).startedAt, "2026-01-01T00:00:00.000Z");
  });
});

describe("an emulator that refuses connections", () => {
  closeEmulatorsAfterEach();

  it("does so until it is told to let them in again, at the same address", async () => {
    const emulator = await startTestEmulator();
    const allow = await emulator.refuseConnections();
    assert.equal((await rawRequest(emulator, task)).error, "ECONNREFUSED");
    await allow();
    await allow();
    assert.equal((await rawRequest(emulator, task)).status, 200);
  });

  it("lets the request under way end, but not its connection go on", async () => {
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

  it("ends the connections that are idle", async () => {
    const emulator = await startTestEmulator();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    assert.equal((await rawRequest(emulator, task, { agent })).status, 200);
    await emulator.refuseConnections();
    const { error } = await rawRequest(emulator, task, { agent });
    assert.match(error ?? "", /^ECONN(REFUSED|RESET)$/);
    agent.destroy();
  });

  it("can be closed, and closes what was under way when it began, and after it", async () => {
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

describe("the requests that are held", () => {
  closeEmulatorsAfterEach();

  it("are long polls and starts that wait, until the run ends, the time is up or nobody waits", async () => {
    const emulator = await startTestEmulator();
    assert.equal(emulator.held(), 0);
    const { id } = await emulator.startRun();
    assert.equal(emulator.held(), 0);
    const path = `GET /v2/actor-runs/${id}?waitForFinish=`;
    const giveUp = new AbortController();
    const waits: [string, number, { signal?: AbortSignal }][] = [
      [`${path}10`, 10_000, {}],
      [`${path}20`, 20_000, {}],
      [`${path}30`, 30_000, { signal: giveUp.signal }],
      ["POST /v2/actor-tasks/~scrape/runs?waitForFinish=40", 40_000, {}],
    ];
    const replies: Promise<RawReply>[] = [];
    for (const [index, [wait, millis, options]] of waits.entries()) {
      const set = emulator.timerSet(millis);
      replies.push(rawRequest(emulator, wait, options));
      await set;
      assert.equal(emulator.held(), index + 1);
    }
    emulator.clock.advance(10_000);
    assert.equal(emulator.held(), 3);
    giveUp.abort();
    while (emulator.held() === 3) await new Promise((resolve) => setImmediate(resolve));
    emulator.finish(id);
    assert.equal(emulator.held(), 1);
    emulator.clock.advance(30_000);
    assert.equal(emulator.held(), 0);
    const seen = (await Promise.all(replies)).map(({ status }) => status);
    assert.deepEqual(seen, [200, 200, undefined, 201]);
  });
});
