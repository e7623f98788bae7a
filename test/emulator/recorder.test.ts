import assert from "node:assert/strict";
import { closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";

const runs = "POST /v2/actor-tasks/~scrape/runs";

describe("the recorded requests", () => {
  closeEmulatorsAfterEach();

  it("have a status and a body but no token, and are in order", async () => {
    const emulator = await startTestEmulator();
    await emulator.startRun("?memory=256", { url: "u" });
    await emulator.call("GET /v2/users/me?token=john-token", { token: null });
    await emulator.call("GET /v2/users/me", { token: null });
    const [start, byQuery, anonymous] = emulator.requests;
    assert.deepEqual(
      emulator.requests.map(({ method, path, pathname, status, authorized }) => [
        method,
        path,
        pathname,
        status,
        authorized,
      ]),
      [
        [
          "POST",
          "/v2/actor-tasks/~scrape/runs?memory=256",
          "/v2/actor-tasks/~scrape/runs",
          201,
          true,
        ],
        ["GET", "/v2/users/me?token=%E2%80%A6", "/v2/users/me", 200, true],
        ["GET", "/v2/users/me", "/v2/users/me", 401, false],
      ],
    );
    assert.deepEqual(start?.body, { url: "u" });
    assert.equal(start.headers.authorization, "Bearer …");
    assert.equal(start.headers["content-type"], "application/json");
    assert.equal(start.at, Date.UTC(2026, 0, 1));
    assert.equal("body" in (byQuery ?? {}), false);
    assert.equal("authorization" in (anonymous?.headers ?? {}), false);
  });

  it("can be limited to the writes, and deleted", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    await emulator.call(`GET /v2/actor-runs/${id}`);
    await emulator.call(`POST /v2/actor-runs/${id}/abort`);
    assert.deepEqual(
      emulator.writes().map(({ pathname }) => pathname),
      ["/v2/actor-tasks/~scrape/runs", `/v2/actor-runs/${id}/abort`],
    );
    emulator.clearRequests();
    assert.deepEqual([emulator.requests, emulator.writes()], [[], []]);
  });
});

describe("the limits on recorded requests", () => {
  closeEmulatorsAfterEach();

  it("are none by default", async () => {
    const emulator = await startTestEmulator();
    for (let n = 0; n < 30; n += 1) await emulator.call(runs, { json: { n } });
    assert.equal(emulator.requests.length, 30);
  });

  it("keep the newest requests", async () => {
    const emulator = await startTestEmulator({ recording: { maxRequests: 2 } });
    for (const n of [1, 2, 3]) await emulator.call(runs, { json: { n } });
    assert.deepEqual(
      emulator.requests.map(({ body }) => body),
      [{ n: 2 }, { n: 3 }],
    );
    emulator.clearRequests();
    await emulator.call(runs, { json: { n: 4 } });
    assert.equal(emulator.requests.length, 1);
  });

  it("count the bytes of bodies, even without a token", async () => {
    const emulator = await startTestEmulator({ recording: { maxBodyBytes: 1_000 } });
    const big = { text: "x".repeat(600) };
    await emulator.call(runs, { json: big });
    await emulator.call(runs, { json: big, token: null });
    assert.deepEqual(
      emulator.requests.map(({ status }) => status),
      [401],
    );
    await emulator.call(runs, { json: { text: "x".repeat(2_000) } });
    assert.deepEqual(emulator.requests, []);
    await emulator.call("GET /v2/users/me");
    assert.equal(emulator.requests.length, 1);
  });
});
