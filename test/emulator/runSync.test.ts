import assert from "node:assert/strict";
import {
  assertError,
  closeEmulatorsAfterEach,
  startTestEmulator,
  untilHeld,
  withActor,
} from "./support/emulator";
import type { ActorContext } from "../../emulator";

const declaration = withActor({
  run: ({ input, pushData, setValue }: ActorContext): Promise<void> => {
    pushData([{ n: 1 }, { n: 2 }]);
    if (input.mute !== true) setValue("OUTPUT", { echoed: input.text ?? null });
    return input.fail === true ? Promise.reject(new Error("No!")) : Promise.resolve();
  },
});

describe("run-sync", () => {
  closeEmulatorsAfterEach();

  for (const path of ["/v2/actor-tasks/~scrape", "/v2/acts/janedoe~actor"]) {
    it(`answers with the output or the items of a run of ${path}`, async () => {
      const emulator = await startTestEmulator({ declaration });
      const call = async (
        rest: string,
        json: object,
      ): Promise<{ status: number; text: string }> => {
        const reply = emulator.call(`POST ${path}/${rest}`, { json });
        await untilHeld(emulator, 1);
        emulator.clock.advance(0);
        return reply;
      };
      const output = await call("run-sync", { text: "hi" });
      assert.deepEqual([output.status, JSON.parse(output.text)], [201, { echoed: "hi" }]);
      const mute = await call("run-sync", { mute: true });
      assert.deepEqual([mute.status, mute.text], [201, ""]);
      const items = await call("run-sync-get-dataset-items?limit=1", {});
      assert.deepEqual([items.status, JSON.parse(items.text)], [201, [{ n: 1 }]]);
    });
  }

  it("names the run that failed", async () => {
    const emulator = await startTestEmulator({ declaration });
    const reply = emulator.call("POST /v2/actor-tasks/~scrape/run-sync", { json: { fail: true } });
    await untilHeld(emulator, 1);
    emulator.clock.advance(0);
    assertError(await reply, 400, "run-failed");
    const [run] = emulator.runs();
    assert.equal(
      (await reply).error.message,
      `Actor run did not succeed (run ID: ${run?.id}, status: FAILED)`,
    );
  });

  it("gives up after 300 seconds, while the run goes on", async () => {
    const emulator = await startTestEmulator();
    const reply = emulator.call("GET /v2/actor-tasks/~scrape/run-sync?timeout=0");
    await untilHeld(emulator, 1);
    emulator.clock.advance(300_000);
    assertError(await reply, 408, "run-timeout-exceeded");
    assert.equal(emulator.liveRuns().length, 1);
  });
});
