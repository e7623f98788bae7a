import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "../emulator/support/checkResponses";
import {
  closeEmulatorsAfterEach,
  runningRun,
  startTestEmulator,
  untilHeld,
  withActor,
} from "../emulator/support/emulator";
import { apifyError, clientOf } from "./support";

const pricingInfo = {
  pricingModel: "PAY_PER_EVENT",
  pricingPerEvent: { actorChargeEvents: { page: { eventTitle: "Page", eventPriceUsd: 0.5 } } },
};

describe("apify-client: runs", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("can be read, updated, listed and deleted", async () => {
    const emulator = await startTestEmulator();
    const client = clientOf(emulator);
    const { id } = await emulator.startRun();
    const run = client.run(id);
    assert.ok((await run.get())?.startedAt instanceof Date);
    await run.update({ statusMessage: "halfway", isStatusMessageTerminal: false });
    assert.equal((await run.get())?.statusMessage, "halfway");
    await assert.rejects(run.delete(), apifyError("cannot-remove-running-run", 400));
    assert.equal((await run.abort()).status, "ABORTED");
    assert.equal((await client.runs().list({ status: "ABORTED" })).items[0]?.id, id);
    await run.delete();
    assert.equal(await run.get(), undefined);
    assert.deepEqual((await client.runs().list()).items, []);
  });

  it("can be waited for until they end", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    const waiting = clientOf(emulator).run(id).waitForFinish();
    await untilHeld(emulator, 1);
    emulator.finish(id);
    assert.equal((await waiting).status, "SUCCEEDED");
  });

  it("can be resurrected with other options", async () => {
    const emulator = await startTestEmulator();
    emulator.addBuild("janedoe~by-hand", { number: "0.2.1", tags: ["beta"] });
    const { id } = await emulator.startRun();
    emulator.finish(id);
    const { status, options, buildNumber, stats } = await clientOf(emulator)
      .run(id)
      .resurrect({
        ...{ build: "beta", memory: 512, timeout: 77 },
        ...{ maxItems: 5, maxTotalChargeUsd: 2, restartOnError: true },
      });
    assert.deepEqual([status, buildNumber, stats.resurrectCount], ["RUNNING", "0.2.1", 1]);
    assert.deepEqual(options, {
      ...{ build: "beta", memoryMbytes: 512, diskMbytes: 1024, timeoutSecs: 77 },
      ...{ maxItems: 5, maxTotalChargeUsd: 2, restartOnError: true },
    });
  });

  it("can be rebooted while they are RUNNING", async () => {
    const emulator = await startTestEmulator();
    const client = clientOf(emulator);
    const { id } = await emulator.startRun();
    await assert.rejects(client.run(id).reboot(), apifyError("job-finished", 403));
    emulator.clock.advance(0);
    const rebooted = await client.run(id).reboot();
    assert.equal(rebooted.status, "RUNNING");
    assert.equal(emulator.run(id)?.stats.rebootCount, 1);
    emulator.finish(id);
    await assert.rejects(client.run(id).reboot(), apifyError("job-finished", 403));
  });

  it("become runs of another Actor by a metamorph", async () => {
    const { users, actors = [], tasks } = withActor({ manual: true });
    const target = { username: "apify", name: "target", manual: true };
    const emulator = await startTestEmulator({
      declaration: { users, actors: [...actors, target], tasks: tasks ?? [] },
    });
    const client = clientOf(emulator);
    const { id, actId } = await runningRun(emulator);
    const after = await client.run(id).metamorph("apify/target", { n: 1 });
    assert.notEqual(after.actId, actId);
    assert.equal((await client.actor("apify/target").runs().list()).items[0]?.id, id);
    assert.equal((await client.actor(actId).runs().list()).total, 0);
    emulator.finish(id);
    await assert.rejects(
      client.run(id).metamorph("apify/target", {}),
      apifyError("job-finished", 403),
    );
  });

  it("can be charged, once for each idempotency key, even beyond their limit", async () => {
    const emulator = await startTestEmulator({
      declaration: withActor({ manual: true, pricingInfo }),
    });
    const { id } = await emulator.startRun("?maxTotalChargeUsd=1");
    const run = clientOf(emulator).run(id);
    const charged = (): unknown => emulator.run(id)?.chargedEventCounts;
    const answer = await run.charge({ eventName: "page", count: 2, idempotencyKey: "k" });
    assert.deepEqual([answer.status, answer.data], [201, {}]);
    await run.charge({ eventName: "page", count: 2, idempotencyKey: "k" });
    assert.deepEqual(charged(), { page: 2 });
    await run.charge({ eventName: "page" });
    assert.deepEqual(charged(), { page: 3 });
    emulator.clock.advance(180_000);
    await run.charge({ eventName: "page", count: 2, idempotencyKey: "k" });
    assert.deepEqual(charged(), { page: 5 });
  });

  it("refuse charges with Apify's errors", async () => {
    const emulator = await startTestEmulator({
      declaration: withActor({ manual: true, pricingInfo }),
    });
    const { id } = await emulator.startRun();
    const run = clientOf(emulator).run(id);
    for (const [eventName, count, type, status] of [
      ["tea", 1, "record-not-found", 404],
      ["constructor", 1, "record-not-found", 404],
      ["apify-actor-start", 1, "cannot-charge-apify-event", 405],
      ["page", 0, "invalid-request", 400],
      ["page", 1.5, "invalid-request", 400],
      ["", 1, "invalid-request", 400],
    ] as const) {
      await assert.rejects(run.charge({ eventName, count }), apifyError(type, status));
    }
    const json = { eventName: "page" };
    const keyless = await emulator.call(`POST /v2/actor-runs/${id}/charge`, { json });
    assert.equal(keyless.error.type, "invalid-request");
    const free = await startTestEmulator();
    const unpaid = clientOf(free).run((await free.startRun()).id);
    await assert.rejects(
      unpaid.charge({ eventName: "page" }),
      apifyError("cannot-charge-non-pay-per-event-actor", 405),
    );
  });

  it("have a log that can be read and followed", async () => {
    const emulator = await startTestEmulator();
    const client = clientOf(emulator);
    const { id } = await runningRun(emulator);
    emulator.log(id, "\u001b[31mred\u001b[0m");
    assert.match((await client.run(id).log().get()) ?? "", /Z red\n$/);
    assert.match((await client.log(id).get({ raw: true })) ?? "", /\[31mred/);
    const stream = await client.run(id).log().stream();
    assert.ok(stream);
    await untilHeld(emulator, 1);
    emulator.log(id, "more");
    emulator.finish(id);
    let text = "";
    for await (const chunk of stream) text += String(chunk);
    assert.match(text, /RUNNING\n.*Z red\n.*Z more\n.*SUCCEEDED\n$/s);
    assert.equal(emulator.held(), 0);
    assert.equal(await client.log("none").get(), undefined);
  });
});
