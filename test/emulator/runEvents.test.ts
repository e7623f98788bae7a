import assert from "node:assert/strict";
import { once } from "node:events";
import { closeEmulatorsAfterEach } from "./support/emulator";
import { listenTo, refusalOf, startListeningRun } from "./support/listeningRun";

describe("the events of a run", () => {
  closeEmulatorsAfterEach();

  it("begin with the state of the system, which is sent again each second", async () => {
    const { emulator, url } = await startListeningRun();
    const { socket, events } = await listenTo(url);
    if (events.length === 0) await once(socket, "message");
    emulator.clock.advance(1000);
    await once(socket, "message");
    assert.deepEqual(events[1], {
      name: "systemInfo",
      createdAt: "2026-01-01T00:00:01.000Z",
      data: {
        createdAt: "2026-01-01T00:00:01.000Z",
        memAvgBytes: 0,
        memCurrentBytes: 0,
        memMaxBytes: 2 ** 30,
        cpuAvgUsage: 0,
        cpuMaxUsage: 0,
        cpuCurrentUsage: 0,
        isCpuOverloaded: false,
      },
    });
  });

  it("stop, and their timer with them, when nobody listens any more", async () => {
    const { emulator, url } = await startListeningRun();
    const { socket, closed } = await listenTo(url);
    socket.close(1000);
    assert.equal(await closed, 1000);
    emulator.clock.advance(1000);
    assert.equal(emulator.clock.pendingTimers(), 0);
  });

  it("include a warning before a migration, of which the run's code knows nothing else", async () => {
    const { emulator, run, url } = await startListeningRun();
    const { socket, events } = await listenTo(url);
    emulator.migrate(run.id);
    while (events.at(-1)?.name !== "migrating") await once(socket, "message");
    assert.deepEqual(events.at(-1)?.data, { timeRemainingSecs: 5 });
    assert.equal(emulator.run(run.id)?.stats.migrationCount, 0);
    emulator.clock.advance(5000);
    assert.equal(emulator.run(run.id)?.stats.migrationCount, 1);
    assert.equal(emulator.run(run.id)?.status, "RUNNING");
  });

  it("end with the run", async () => {
    const { emulator, run, url } = await startListeningRun();
    const { closed } = await listenTo(url);
    emulator.finish(run.id);
    assert.equal(await closed, 1000);
    assert.equal(await refusalOf(url), 404);
  });

  it("end when the run is deleted", async () => {
    const { emulator, run, url } = await startListeningRun();
    const { closed } = await listenTo(url);
    emulator.expireRun(run.id);
    assert.equal(await closed, 1000);
  });

  it("end with the emulator", async () => {
    const { emulator, url } = await startListeningRun();
    const { closed } = await listenTo(url);
    await emulator.close();
    assert.equal(await closed, 1001);
  });

  it("are for nobody who does not know the run's token", async () => {
    const { run, url } = await startListeningRun();
    assert.equal(await refusalOf(url.replace(/token=\w+/, "token=jane-token")), 404);
    assert.equal(await refusalOf(url.replace(/\?.*/, "")), 404);
    assert.equal(await refusalOf(url.replace(run.id, "unknown")), 404);
    assert.equal(await refusalOf(url.replace(/\/actor-runs.*/, "/v2/users/me")), 404);
  });

  it("are not for web pages, whose browser could be made to ask for them", async () => {
    const { url } = await startListeningRun();
    assert.equal(await refusalOf(url, { Origin: "https://example.com" }), 403);
    assert.equal(await refusalOf(url, { Host: "example.com" }), 403);
    await listenTo(url, { Origin: "http://localhost:3000" });
  });
});
