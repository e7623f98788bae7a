import assert from "node:assert/strict";
import { assertError, closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import { closeReceiversAfterEach, startReceiver, webhooksQuery } from "./support/webhookReceiver";
import type { JsonObject, Run } from "../../emulator";
import type { TestEmulator } from "./support/emulator";

const ended = ["ACTOR.RUN.SUCCEEDED", "ACTOR.RUN.FAILED", "ACTOR.RUN.ABORTED"];

/** Resolves when the last dispatch of a run has this many calls. */
async function untilCalls(emulator: TestEmulator, runId: string, count: number): Promise<void> {
  while (emulator.webhookDispatches(runId).at(-1)?.calls.length !== count) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("an ad-hoc webhook", () => {
  closeEmulatorsAfterEach();
  closeReceiversAfterEach();

  it("gets Apify's payload and headers for each of its events", async () => {
    const receiver = await startReceiver();
    const emulator = await startTestEmulator();
    const eventTypes = ["ACTOR.RUN.CREATED", ...ended, "ACTOR.RUN.RESURRECTED"];
    const run = await emulator.startRun(
      webhooksQuery({ eventTypes, requestUrl: `${receiver.url}?a=1` }),
    );
    await receiver.count(1);
    emulator.clock.advance(0);
    emulator.finish(run.id);
    await receiver.count(2);
    await emulator.call(`POST /v2/actor-runs/${run.id}/resurrect`);
    await receiver.count(3);
    await emulator.call(`POST /v2/actor-runs/${run.id}/abort`);
    await receiver.count(4);
    assert.deepEqual(
      receiver.received.map(({ body }) => body.eventType),
      ["ACTOR.RUN.CREATED", "ACTOR.RUN.SUCCEEDED", "ACTOR.RUN.RESURRECTED", "ACTOR.RUN.ABORTED"],
    );
    const [, succeeded] = receiver.received;
    assert.equal(succeeded?.path, "/hook?a=1");
    const { resource, ...rest } = succeeded.body;
    assert.deepEqual(rest, {
      userId: run.userId,
      createdAt: "2026-01-01T00:00:00.000Z",
      eventType: "ACTOR.RUN.SUCCEEDED",
      eventData: { actorId: run.actId, actorTaskId: run.actorTaskId, actorRunId: run.id },
    });
    const { id, status } = resource as Run;
    assert.deepEqual([id, status], [run.id, "SUCCEEDED"]);
    const { headers } = succeeded;
    assert.equal(headers["content-type"], "application/json");
    assert.equal(headers["x-apify-request-origin"], "WEBHOOK");
    assert.equal(headers.authorization, undefined);
    await untilCalls(emulator, run.id, 1);
    const dispatch = emulator.webhookDispatches(run.id)[1];
    assert.equal(headers["x-apify-webhook-dispatch-id"], dispatch?.id);
    assert.equal(dispatch?.status, "SUCCEEDED");
    assert.deepEqual(
      dispatch.calls.map(({ responseStatus, responseBody }) => [responseStatus, responseBody]),
      [[200, "answer 2"]],
    );
  });

  it("fills in its templates, inside of strings only on request", async () => {
    const receiver = await startReceiver();
    const emulator = await startTestEmulator();
    const webhook = {
      eventTypes: ["ACTOR.RUN.CREATED"],
      requestUrl: receiver.url,
      payloadTemplate:
        '{"id": {{resource.id}}, "none": {{ resource.no.thing }}, "text": "Run {{resource.id}}", "all": "{{eventData}}", "at": {{globals.dateUnix}}}',
      headersTemplate: '{"X-Run": {{resource.id}}, "Content-Type": "text/plain", "X-Number": 1}',
    };
    const kept = await emulator.startRun(webhooksQuery(webhook));
    await receiver.count(1);
    const filled = await emulator.startRun(
      webhooksQuery({ ...webhook, shouldInterpolateStrings: true }),
    );
    await receiver.count(2);
    const at = Date.UTC(2026, 0, 1) / 1000;
    assert.deepEqual(receiver.received[0]?.body, {
      ...{ id: kept.id, none: null, text: "Run {{resource.id}}", all: "{{eventData}}", at },
    });
    assert.deepEqual(receiver.received[1]?.body, {
      ...{ id: filled.id, none: null, text: `Run ${filled.id}`, at },
      all: { actorId: filled.actId, actorTaskId: filled.actorTaskId, actorRunId: filled.id },
    });
    const { headers } = receiver.received[0];
    assert.deepEqual(
      [headers["x-run"], headers["content-type"], headers["x-number"]],
      [kept.id, "application/json", undefined],
    );
  });

  it("does not read what an Actor wrote as a template", async () => {
    const receiver = await startReceiver();
    const emulator = await startTestEmulator();
    const webhook = {
      eventTypes: ended,
      requestUrl: receiver.url,
      payloadTemplate: '{"message": "{{resource.statusMessage}}"}',
      shouldInterpolateStrings: true,
    };
    const { id } = await emulator.startRun(webhooksQuery(webhook));
    const statusMessage = '"}, {{userId}} \\';
    emulator.finish(id, { statusMessage });
    await receiver.count(1);
    assert.deepEqual(receiver.received[0]?.body, { message: statusMessage });
  });

  it("is repeated after 1, 2, 4 … minutes, at most 11 times", async () => {
    const receiver = await startReceiver();
    const emulator = await startTestEmulator();
    receiver.answers.push(...Array<number>(12).fill(500));
    const webhook = { eventTypes: ["ACTOR.RUN.CREATED"], requestUrl: receiver.url };
    const { id } = await emulator.startRun(`${webhooksQuery(webhook)}&timeout=0`);
    for (let retry = 0; retry < 11; retry += 1) {
      await untilCalls(emulator, id, retry + 1);
      emulator.clock.advance(60_000 * 2 ** retry - 1);
      assert.equal(receiver.received.length, retry + 1);
      emulator.clock.advance(1);
      await receiver.count(retry + 2);
    }
    await untilCalls(emulator, id, 12);
    const [dispatch] = emulator.webhookDispatches(id);
    assert.equal(dispatch?.status, "FAILED");
    assert.equal(dispatch.calls[0]?.errorMessage, "Endpoint responded with HTTP status code 500");
    assert.equal(emulator.clock.pendingTimers(), 0);
  });

  it("is not repeated with doNotRetry, and takes a redirect as a failure", async () => {
    const receiver = await startReceiver();
    const emulator = await startTestEmulator();
    receiver.answers.push(302);
    const webhook = { eventTypes: ["ACTOR.RUN.CREATED"], requestUrl: receiver.url };
    const { id } = await emulator.startRun(webhooksQuery({ ...webhook, doNotRetry: true }));
    await untilCalls(emulator, id, 1);
    assert.equal(emulator.webhookDispatches(id)[0]?.status, "FAILED");
    emulator.clock.advance(86_400_000);
    assert.equal(receiver.received.length, 1);
  });

  it("fails after two minutes without an answer", async () => {
    const receiver = await startReceiver();
    const emulator = await startTestEmulator();
    receiver.answers.push("none");
    const webhook = { eventTypes: ["ACTOR.RUN.CREATED"], requestUrl: receiver.url };
    const { id } = await emulator.startRun(
      `${webhooksQuery({ ...webhook, doNotRetry: true })}&timeout=0`,
    );
    await receiver.count(1);
    emulator.clock.advance(119_999);
    assert.equal(emulator.webhookDispatches(id)[0]?.status, "ACTIVE");
    emulator.clock.advance(1);
    await untilCalls(emulator, id, 1);
    const [call] = emulator.webhookDispatches(id)[0]?.calls ?? [];
    assert.equal(call?.errorMessage, "timeout of 2 minutes");
  });

  it("is created once for each idempotencyKey of an account", async () => {
    const receiver = await startReceiver();
    const emulator = await startTestEmulator();
    const webhook = {
      ...{ eventTypes: ["ACTOR.RUN.CREATED"], requestUrl: receiver.url, idempotencyKey: "once" },
    };
    const first = await emulator.startRun(webhooksQuery(webhook, webhook));
    const second = await emulator.startRun(webhooksQuery(webhook));
    assert.equal(emulator.webhookDispatches(first.id).length, 1);
    assert.deepEqual(emulator.webhookDispatches(second.id), []);
  });

  it("does not keep the emulator from closing, waiting for an answer or for a retry", async () => {
    const receiver = await startReceiver();
    const emulator = await startTestEmulator();
    receiver.answers.push("none", 500);
    const webhook = { eventTypes: ["ACTOR.RUN.CREATED"], requestUrl: receiver.url };
    await emulator.startRun(webhooksQuery(webhook));
    await receiver.count(1);
    const { id } = await emulator.startRun(webhooksQuery(webhook));
    await untilCalls(emulator, id, 1);
    await emulator.close();
    emulator.clock.advance(86_400_000);
    assert.equal(receiver.received.length, 2);
  });

  it("is sent to this machine only, unless the settings allow any", async () => {
    const receiver = await startReceiver();
    const emulator = await startTestEmulator();
    // Leads here, but not by a name that is only this machine's.
    const requestUrl = receiver.url.replace("127.0.0.1", "0.0.0.0");
    const webhook = { eventTypes: ["ACTOR.RUN.CREATED"], requestUrl };
    const { id } = await emulator.startRun(webhooksQuery(webhook));
    await untilCalls(emulator, id, 1);
    const [dispatch] = emulator.webhookDispatches(id);
    assert.equal(dispatch?.status, "FAILED");
    assert.match(dispatch.calls[0]?.errorMessage ?? "", /0\.0\.0\.0:\d+ is not on this machine/);
    assert.deepEqual(receiver.received, []);
    emulator.changeSettings({ webhookTargets: "any" });
    await emulator.startRun(webhooksQuery(webhook));
    await receiver.count(1);
  });

  it("can start another run of the emulator, without a token of its own", async () => {
    const emulator = await startTestEmulator();
    const requestUrl = `${emulator.url}/v2/actor-tasks/~scrape/runs`;
    const { id } = await emulator.startRun(webhooksQuery({ eventTypes: ended, requestUrl }));
    const started = emulator.whenRun((run) => run.id !== id);
    emulator.finish(id);
    const run = await started;
    assert.equal(run.meta.origin, "WEBHOOK");
    const input = emulator.record(run.defaultKeyValueStoreId, "INPUT") as JsonObject;
    assert.equal(input.eventType, "ACTOR.RUN.SUCCEEDED");
  });

  for (const [what, webhook, message] of [
    ["without events", { eventTypes: [] }, /at least 1/],
    ["of an unknown event", { eventTypes: ["NOPE"] }, /^NOPE is not an allowed value$/],
    ["without a URL", { requestUrl: undefined }, /./],
    ["with another kind of URL", { requestUrl: "ftp://x" }, /must be a valid URL/],
    ["with an unknown variable", { payloadTemplate: "{{nope}}" }, /^Invalid variable/],
    ["with a payload that is not JSON", { payloadTemplate: '{"a": ' }, /must be valid JSON/],
    ["with headers that are not JSON", { headersTemplate: "x" }, /must be valid JSON/],
  ] as const) {
    it(`is refused ${what}`, async () => {
      const emulator = await startTestEmulator();
      const valid = { eventTypes: ended, requestUrl: "http://127.0.0.1:1/" };
      const path = `POST /v2/actor-tasks/~scrape/runs${webhooksQuery({ ...valid, ...webhook })}`;
      const reply = await emulator.call(path);
      assertError(reply, 400, "schema-validation");
      assert.match(reply.error.message, message);
      assert.deepEqual(emulator.runs(), []);
    });
  }
});
