import assert from "node:assert/strict";
import {
  assertError,
  closeEmulatorsAfterEach,
  startTestEmulator,
  withActor,
} from "./support/emulator";

const task = "/v2/actor-tasks/~scrape";

describe("a task", () => {
  closeEmulatorsAfterEach();

  it("shows its Actor, input and options", async () => {
    const emulator = await startTestEmulator({
      declaration: withActor({ manual: true }, { input: { a: 1 }, options: { build: "latest" } }),
    });
    const run = await emulator.startRun();
    const { data } = await emulator.call(`GET ${task}`);
    assert.deepEqual(data, {
      id: run.actorTaskId,
      userId: run.userId,
      username: "janedoe",
      actId: run.actId,
      name: "scrape",
      title: null,
      description: null,
      createdAt: "2026-01-01T00:00:00.000Z",
      modifiedAt: "2026-01-01T00:00:00.000Z",
      removedAt: null,
      stats: { totalRuns: 1 },
      options: {
        build: "latest",
        timeoutSecs: null,
        memoryMbytes: null,
        maxItems: null,
        maxTotalChargeUsd: null,
        restartOnError: null,
      },
      input: { a: 1 },
      actorStandby: null,
      standbyUrl: null,
      isPublic: false,
    });
  });

  it("is listed with its Actor's name, for its own account only", async () => {
    const emulator = await startTestEmulator({ declaration: withActor({ manual: true }) });
    const run = await emulator.startRun();
    const { data } = await emulator.call("GET /v2/actor-tasks?desc=1&limit=10");
    const { items, ...page } = data as { items: Record<string, unknown>[] };
    assert.deepEqual(page, { total: 1, offset: 0, limit: 10, count: 1, desc: true });
    const { id, name, username, actId, stats } = items[0] ?? {};
    assert.deepEqual([id, name, username], [run.actorTaskId, "scrape", "janedoe"]);
    assert.deepEqual([actId, stats], [run.actId, { totalRuns: 1 }]);
    assert.equal(typeof items[0]?.actName, "string");
    const others = await emulator.call("GET /v2/actor-tasks", { token: "john-token" });
    assert.deepEqual(others.data.items, []);
  });

  it("can be edited in part, which shows in modifiedAt even within one millisecond", async () => {
    const emulator = await startTestEmulator({
      declaration: withActor({ manual: true }, { input: { a: 1 } }),
    });
    const json = { title: "New", options: { memoryMbytes: 256, build: null } };
    const { data, status } = await emulator.call(`PUT ${task}`, { json });
    assert.equal(status, 200);
    assert.equal(data.title, "New");
    assert.deepEqual(data.input, { a: 1 });
    assert.equal((data.options as Record<string, unknown>).memoryMbytes, 256);
    assert.equal(data.modifiedAt, "2026-01-01T00:00:00.001Z");
    assert.equal((await emulator.startRun()).options.memoryMbytes, 256);
    emulator.editTask("janedoe~scrape", { input: { b: 2 } });
    const edited = await emulator.call(`GET ${task}`);
    assert.deepEqual(edited.data.input, { b: 2 });
    assert.equal(edited.data.modifiedAt, "2026-01-01T00:00:00.002Z");
  });

  it("refuses an invalid edit", async () => {
    const emulator = await startTestEmulator();
    assertError(await emulator.call(`PUT ${task}`, { json: { input: 1 } }), 403, "invalid-input");
    const wrong = { options: { memoryMbytes: "much" } };
    assertError(await emulator.call(`PUT ${task}`, { json: wrong }), 400, "schema-validation");
    assertError(await emulator.call(`PUT ${task}`, { json: [] }), 400, "invalid-request");
  });

  it("is not visible to other accounts", async () => {
    const emulator = await startTestEmulator();
    for (const method of ["GET", "PUT"]) {
      const path = `${method} /v2/actor-tasks/janedoe~scrape`;
      assertError(await emulator.call(path, { token: "john-token" }), 404, "record-not-found");
    }
  });
});
