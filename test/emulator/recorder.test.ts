import assert from "node:assert/strict";
import { closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";

const runs = "POST /v2/actor-tasks/~scrape/runs";

describe("what an emulator keeps of the requests it saw", () => {
  closeEmulatorsAfterEach();

  it("is everything, if nobody says otherwise", async () => {
    const emulator = await startTestEmulator();
    for (let n = 0; n < 30; n += 1) await emulator.call(runs, { json: { n } });
    assert.equal(emulator.requests.length, 30);
  });

  it("is so many of the newest", async () => {
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

  it("is so much of their bodies, also of those without a token", async () => {
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
