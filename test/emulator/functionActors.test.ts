import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "./support/checkResponses";
import { closeEmulatorsAfterEach, startTestEmulator, withActor } from "./support/emulator";
import type { ActorContext } from "../../emulator";

const isOver = ({ finishedAt }: { finishedAt: string | null }): boolean => finishedAt !== null;

describe("an Actor that is a function", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("gets its input and can log, set its status message, push data and set values", async () => {
    const seen: ActorContext[] = [];
    const emulator = await startTestEmulator({
      declaration: withActor({
        run: (context) => {
          seen.push(context);
          context.log("first\nsecond");
          context.setStatusMessage("all done");
          context.pushData({ n: 1 });
          context.pushData([{ n: 2 }, { n: 3 }]);
          context.setValue("OUTPUT", { sum: 6 });
          return Promise.resolve();
        },
      }),
    });
    const { id } = await emulator.startRun("", { url: "u" });
    emulator.clock.advance(0);
    const run = await emulator.whenRun(isOver);
    assert.deepEqual([run.status, run.exitCode], ["SUCCEEDED", 0]);
    assert.equal(run.statusMessage, "all done");
    assert.deepEqual(
      seen.map(({ input, runId, env }) => [input, runId, env.ACTOR_RUN_ID]),
      [[{ url: "u" }, id, id]],
    );
    assert.deepEqual(emulator.dataset(run.defaultDatasetId), [{ n: 1 }, { n: 2 }, { n: 3 }]);
    assert.deepEqual(emulator.record(run.defaultKeyValueStoreId, "OUTPUT"), { sum: 6 });
    const log = await emulator.call(`GET /v2/logs/${id}`);
    assert.match(log.text, /Z first\n2026-01-01T00:00:00\.000Z second\n/);
  });

  it("fails with exit code 1 when it throws, and its error is in the log", async () => {
    const emulator = await startTestEmulator({
      declaration: withActor({
        run: () => {
          throw new Error("no luck");
        },
      }),
    });
    const { id } = await emulator.startRun();
    emulator.clock.advance(0);
    const run = await emulator.whenRun(isOver);
    assert.deepEqual([run.status, run.exitCode], ["FAILED", 1]);
    assert.equal(run.statusMessage, "Actor process exited with code 1");
    assert.match((await emulator.call(`GET /v2/logs/${id}`)).text, /Error: no luck/);
  });

  it("is told of an abort by its signal and may end gracefully", async () => {
    const emulator = await startTestEmulator({
      declaration: withActor({
        run: async ({ signal, log }) => {
          await new Promise((resolve) => {
            signal.addEventListener("abort", resolve);
          });
          log("saved my work");
        },
      }),
    });
    const { id } = await emulator.startRun();
    emulator.clock.advance(0);
    await emulator.call(`POST /v2/actor-runs/${id}/abort?gracefully=true`);
    const run = await emulator.whenRun(isOver);
    assert.equal(run.status, "ABORTED");
    assert.match((await emulator.call(`GET /v2/logs/${id}`)).text, /saved my work/);
  });

  it("cannot change its run after it was killed", async () => {
    let end: () => void = () => assert.fail("never ran");
    const emulator = await startTestEmulator({
      declaration: withActor({
        run: () =>
          new Promise<void>((resolve) => {
            end = resolve;
          }),
      }),
    });
    const { id } = await emulator.startRun("?timeout=1");
    emulator.clock.advance(0);
    await Promise.resolve();
    emulator.clock.advance(1000);
    assert.equal(emulator.run(id)?.status, "TIMED-OUT");
    end();
    await new Promise(setImmediate);
    assert.equal(emulator.run(id)?.status, "TIMED-OUT");
  });
});
