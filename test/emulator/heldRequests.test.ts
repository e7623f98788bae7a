import assert from "node:assert/strict";
import { closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import { rawRequest } from "./support/rawRequest";
import type { RawReply } from "./support/rawRequest";

describe("the requests held open", () => {
  closeEmulatorsAfterEach();

  it("are long polls and starts that wait, until the run ends, the time is up or the client disconnects", async () => {
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
