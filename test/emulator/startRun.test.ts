import assert from "node:assert/strict";
import {
  assertError,
  closeEmulatorsAfterEach,
  startTestEmulator,
  withActor,
} from "./support/emulator";
import type { Run } from "../../emulator";

const runs = "POST /v2/actor-tasks/~scrape/runs";

describe("POST /v2/actor-tasks/:id/runs", () => {
  closeEmulatorsAfterEach();

  it("answers 201 with the new run and its location", async () => {
    const emulator = await startTestEmulator();
    const reply = await emulator.call<Run>(runs, { headers: { "User-Agent": "me/1 (run-key k)" } });
    assert.equal(reply.status, 201);
    const { data: run } = reply;
    assert.match(run.id, /^[A-Za-z0-9]{17}$/);
    assert.equal(
      reply.headers.get("location"),
      `${emulator.url}/v2/actor-tasks/${run.actorTaskId ?? ""}/runs/${run.id}`,
    );
    assert.equal(run.status, "READY");
    assert.equal(run.startedAt, "2026-01-01T00:00:00.000Z");
    assert.equal(run.finishedAt, null);
    assert.equal(run.exitCode, null);
    assert.deepEqual(run.meta, {
      origin: "API",
      clientIp: "127.0.0.1",
      userAgent: "me/1 (run-key k)",
      scheduleId: null,
      scheduledAt: null,
    });
    assert.equal(run.generalAccess, "FOLLOW_USER_SETTING");
    assert.equal(run.gitBranchName, null);
    assert.equal(run.buildNumber, "0.1.1");
    assert.deepEqual(run.storageIds, {
      datasets: { default: run.defaultDatasetId },
      keyValueStores: { default: run.defaultKeyValueStoreId },
      requestQueues: { default: run.defaultRequestQueueId },
    });
    assert.match(run.containerUrl ?? "", /^https:/);
    assert.equal(run.consoleUrl, `${emulator.url}/actors/${run.actId}/runs/${run.id}`);
    assert.equal(run.usageTotalUsd, 0);
    assert.deepEqual(emulator.run(run.id), run);
  });

  it("finds the task by its id, username~name and ~name", async () => {
    const emulator = await startTestEmulator();
    const { actorTaskId } = await emulator.startRun();
    for (const id of [actorTaskId ?? "", "janedoe~scrape", "~scrape"]) {
      const reply = await emulator.call<Run>(`POST /v2/actor-tasks/${id}/runs`);
      assert.equal(reply.data.actorTaskId, actorTaskId);
    }
  });

  it("defaults to 300 s, 1024 MB and the latest build", async () => {
    const emulator = await startTestEmulator();
    assert.deepEqual((await emulator.startRun()).options, {
      build: "latest",
      timeoutSecs: 300,
      memoryMbytes: 1024,
      diskMbytes: 2048,
    });
  });

  it("prefers options of the request to those of the task, and these to those of the Actor", async () => {
    const emulator = await startTestEmulator({
      declaration: withActor(
        {
          manual: true,
          builds: [
            { number: "0.1.1", tags: ["actor"] },
            { number: "0.1.2", tags: ["task"] },
            { number: "0.1.3", tags: ["call"] },
          ],
          defaultRunOptions: { build: "actor", timeoutSecs: 1, memoryMbytes: 128, maxItems: 1 },
        },
        { options: { build: "task", timeoutSecs: 2, memoryMbytes: 256 } },
      ),
    });
    const byTask = await emulator.startRun();
    assert.deepEqual(byTask.options, {
      build: "task",
      timeoutSecs: 2,
      memoryMbytes: 256,
      diskMbytes: 512,
      maxItems: 1,
    });
    assert.equal(byTask.buildNumber, "0.1.2");
    const byCall = await emulator.startRun(
      "?build=call&timeout=0&memory=512&maxItems=3&maxTotalChargeUsd=0.5&restartOnError=1",
    );
    assert.deepEqual(byCall.options, {
      build: "call",
      timeoutSecs: 0,
      memoryMbytes: 512,
      diskMbytes: 1024,
      maxItems: 3,
      maxTotalChargeUsd: 0.5,
      restartOnError: true,
    });
    assert.equal(byCall.buildNumber, "0.1.3");
    emulator.editTask("janedoe~scrape", { options: { memoryMbytes: 256 } });
    assert.equal((await emulator.startRun()).buildNumber, "0.1.1");
  });

  it("accepts a build number", async () => {
    const emulator = await startTestEmulator();
    emulator.addBuild("janedoe~by-hand", { number: "0.1.2", tags: ["latest"] });
    const run = await emulator.startRun("?build=0.1.1");
    assert.equal(run.options.build, "0.1.1");
    assert.equal(run.buildNumber, "0.1.1");
    assert.equal((await emulator.startRun()).buildNumber, "0.1.2");
  });

  it("merges the body into the task's input by top-level property", async () => {
    const saved = { urls: ["a"], deep: { one: 1, two: 2 } };
    const emulator = await startTestEmulator({
      declaration: withActor({ manual: true }, { input: saved }),
    });
    const run = await emulator.startRun("", { deep: { two: 3 }, more: null });
    const expected = { urls: ["a"], deep: { two: 3 }, more: null };
    assert.deepEqual(emulator.record(run.defaultKeyValueStoreId, "INPUT"), expected);
    assert.equal(run.stats.inputBodyLen, JSON.stringify({ deep: { two: 3 }, more: null }).length);
    const plain = await emulator.startRun();
    assert.deepEqual(emulator.record(plain.defaultKeyValueStoreId, "INPUT"), saved);
  });

  it("applies the defaults and checks of the build's input schema", async () => {
    const emulator = await startTestEmulator({
      declaration: withActor({
        manual: true,
        builds: [
          {
            number: "0.1.1",
            tags: ["latest"],
            inputSchema: {
              required: ["url"],
              properties: { depth: { type: "integer", default: 2 } },
            },
          },
        ],
      }),
    });
    const missing = await emulator.call(runs);
    assertError(missing, 400, "invalid-input");
    assert.equal(missing.error.message, "Input is not valid: Field input.url is required");
    assertError(
      await emulator.call(runs, { json: { url: "u", depth: "2" } }),
      400,
      "invalid-input",
    );
    const run = await emulator.startRun("", { url: "u" });
    const input = emulator.record(run.defaultKeyValueStoreId, "INPUT");
    assert.deepEqual(input, { url: "u", depth: 2 });
  });

  it("keeps ad-hoc webhooks with the run, and refuses anything but an array", async () => {
    const emulator = await startTestEmulator();
    const webhooks = [
      { eventTypes: ["ACTOR.RUN.SUCCEEDED"], requestUrl: "https://example.com/?>" },
    ];
    const encode = (value: unknown): string =>
      encodeURIComponent(Buffer.from(JSON.stringify(value)).toString("base64"));
    const run = await emulator.startRun(`?webhooks=${encode(webhooks)}`);
    assert.deepEqual(emulator.webhooks(run.id), webhooks);
    for (const wrong of [encode({}), "%25%25"]) {
      assertError(await emulator.call(`${runs}?webhooks=${wrong}`), 400, "invalid-value");
    }
  });

  it("records the origin that the official tools send", async () => {
    const emulator = await startTestEmulator();
    const headers = { "X-Apify-Request-Origin": "CI" };
    assert.equal((await emulator.call<Run>(runs, { headers })).data.meta.origin, "CI");
  });

  it("shows the pricing of the Actor", async () => {
    const pricingInfo = { pricingModel: "PAY_PER_EVENT" };
    const emulator = await startTestEmulator({
      declaration: withActor({ manual: true, pricingInfo, gitBranchName: "main" }),
    });
    const run = await emulator.startRun();
    assert.deepEqual(run.pricingInfo, pricingInfo);
    assert.deepEqual(run.chargedEventCounts, {});
    assert.equal(run.gitBranchName, "main");
  });

  it("holds the request open until the run ends", async () => {
    const emulator = await startTestEmulator();
    const held = emulator.timerSet(60_000);
    const reply = emulator.call<Run>(`${runs}?waitForFinish=60`);
    await held;
    emulator.clock.advance(0);
    emulator.finish(emulator.runs()[0]?.id ?? "");
    const { data, status } = await reply;
    assert.equal(status, 201);
    assert.equal(data.status, "SUCCEEDED");
  });

  it("returns the run as it is when the time is up", async () => {
    const emulator = await startTestEmulator();
    const held = emulator.timerSet(2000);
    const reply = emulator.call<Run>(`${runs}?waitForFinish=2`);
    await held;
    emulator.clock.advance(2000);
    assert.equal((await reply).data.status, "RUNNING");
  });
});
