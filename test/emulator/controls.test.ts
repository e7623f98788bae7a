import assert from "node:assert/strict";
import { assertError, closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";

describe("the controls of an emulator", () => {
  closeEmulatorsAfterEach();

  it("return copies of the runs, oldest first", async () => {
    const emulator = await startTestEmulator();
    const [first, second] = [await emulator.startRun(), await emulator.startRun()];
    assert.deepEqual(emulator.runs(), [first, second]);
    emulator.finish(first.id);
    assert.deepEqual(emulator.liveRuns(), [second]);
    const copy = emulator.run(second.id);
    if (copy !== undefined) copy.options.memoryMbytes = 1;
    assert.deepEqual(emulator.run(second.id), second);
    assert.equal(emulator.run("none"), undefined);
  });

  it("finish a run with any status", async () => {
    const emulator = await startTestEmulator();
    const finished = async (
      options?: Parameters<typeof emulator.finish>[1],
    ): Promise<unknown[]> => {
      const { id } = await emulator.startRun();
      emulator.finish(id, options);
      emulator.clock.advance(0);
      const run = emulator.run(id);
      return [run?.status, run?.exitCode, run?.statusMessage];
    };
    assert.deepEqual(await finished(), ["SUCCEEDED", 0, "Actor has finished"]);
    assert.deepEqual(await finished({ exitCode: 3 }), [
      "FAILED",
      3,
      "Actor process exited with code 3",
    ]);
    assert.deepEqual(await finished({ status: "FAILED" }), [
      "FAILED",
      1,
      "Actor process exited with code 1",
    ]);
    assert.deepEqual(await finished({ status: "ABORTED", statusMessage: "by hand" }), [
      "ABORTED",
      0,
      "by hand",
    ]);
    assert.deepEqual(await finished({ status: "PAUSED" }), ["PAUSED", null, null]);
    assert.throws(() => {
      emulator.finish("none");
    }, /no run "none"/);
  });

  it("set any field, and a status that was set stays", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    emulator.setStatus(id, { status: "QUEUED", statusMessage: "hm", usage: undefined, extra: 1 });
    emulator.clock.advance(0);
    const { data } = await emulator.call(`GET /v2/actor-runs/${id}`);
    assert.deepEqual([data.status, data.statusMessage, data.extra], ["QUEUED", "hm", 1]);
    assert.equal("usage" in data, false);
    emulator.setStatus(id, { status: "SUCCEEDED", buildNumber: null });
    emulator.clock.advance(300_000);
    assert.equal(emulator.run(id)?.status, "SUCCEEDED");
    assert.equal(emulator.run(id)?.buildNumber, null);
  });

  it("expire a run with its storages", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    emulator.finish(run.id);
    emulator.expireRun(run.id);
    for (const path of [
      `actor-runs/${run.id}`,
      `logs/${run.id}`,
      `datasets/${run.defaultDatasetId}`,
      `key-value-stores/${run.defaultKeyValueStoreId}`,
      `request-queues/${run.defaultRequestQueueId}`,
    ]) {
      assertError(await emulator.call(`GET /v2/${path}`), 404, "record-not-found");
    }
    assert.deepEqual(emulator.runs(), []);
  });

  it("wait for a run that matches already, or later", async () => {
    const emulator = await startTestEmulator();
    const awaited = emulator.whenRun(({ status }) => status === "RUNNING");
    const { id } = await emulator.startRun();
    assert.equal((await emulator.whenRun(({ status }) => status === "READY")).id, id);
    emulator.clock.advance(0);
    assert.deepEqual(await awaited, emulator.run(id));
    const broken = emulator.whenRun(({ finishedAt }) => {
      if (finishedAt !== null) throw new Error("not so");
      return false;
    });
    emulator.finish(id);
    await assert.rejects(broken, /not so/);
  });

  it("name the Actor, task or user that does not exist", async () => {
    const emulator = await startTestEmulator();
    assert.throws(() => emulator.addBuild("a~b", { number: "0.0.1" }), /no Actor "a~b"/);
    assert.throws(() => {
      emulator.editTask("a~b", {});
    }, /no task "a~b"/);
    assert.throws(() => {
      emulator.setLimits("nobody", {});
    }, /no user "nobody"/);
  });
});

describe("an account's token", () => {
  closeEmulatorsAfterEach();

  it("is refused once it was replaced", async () => {
    const emulator = await startTestEmulator();
    emulator.setToken("janedoe", "new-token");
    const statusFor = async (token: string): Promise<number> =>
      (await emulator.call("GET /v2/users/me", { token })).status;
    assert.deepEqual([await statusFor("jane-token"), await statusFor("new-token")], [401, 200]);
  });
});
