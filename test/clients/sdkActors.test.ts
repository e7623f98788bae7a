import assert from "node:assert/strict";
import { resolve } from "node:path";
import { isTerminal, realClock } from "../../emulator";
import { checkResponsesOfSuite } from "../emulator/support/checkResponses";
import {
  closeEmulatorsAfterEach,
  declaration,
  startTestEmulator,
} from "../emulator/support/emulator";
import type { Declaration, EmulatorOptions, JsonObject, Run } from "../../emulator";
import type { TestEmulator } from "../emulator/support/emulator";

const folder = resolve(__dirname, "sdkActor");

const declared = (more: object = {}): Declaration => ({
  users: declaration.users,
  actors: [
    { username: "janedoe", folder, ...more },
    { username: "janedoe", name: "other", manual: true },
  ],
  tasks: [{ username: "janedoe", name: "scrape", actor: "janedoe~sdk-actor" }],
});

function start(options: Partial<EmulatorOptions> = { clock: realClock }): Promise<TestEmulator> {
  return startTestEmulator({ declaration: declared(), ...options });
}

/** Starts the Actor in virtual time, and waits until it listens for events and says that it is ready. */
async function startListening(does: string): Promise<{ emulator: TestEmulator; id: string }> {
  const emulator = await start({});
  const { id } = await emulator.startRun("", { does });
  const connected = emulator.timerSet(1000);
  emulator.clock.advance(0);
  await connected;
  await emulator.whenRun(({ statusMessage }) => statusMessage === "waiting");
  return { emulator, id };
}

async function runToEnd(emulator: TestEmulator, input: JsonObject): Promise<Run> {
  await emulator.startRun("", input);
  return emulator.whenRun(({ status }) => isTerminal(status));
}

describe("an Actor that uses Apify's SDK", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("reads its input, with the defaults of its schema, and writes to its storages", async () => {
    const emulator = await start();
    const run = await runToEnd(emulator, { does: "usesStorages" });
    const log = (await emulator.call(`GET /v2/logs/${run.id}`)).text;
    assert.deepEqual([run.status, run.exitCode], ["SUCCEEDED", 0], log);
    assert.deepEqual([run.statusMessage, run.isStatusMessageTerminal], ["all stored", true]);
    assert.deepEqual([run.buildNumber, run.options.memoryMbytes], ["0.3.1", 256]);
    assert.deepEqual(emulator.record(run.defaultKeyValueStoreId, "OUTPUT"), {
      ids: [run.defaultKeyValueStoreId, run.defaultDatasetId],
      itemCount: 3,
      items: [{ number: 0 }, { number: 1 }, { number: 2 }],
      report: { count: 2 },
      nothing: null,
      greeting: "hello",
    });
    assert.equal(emulator.record(run.defaultKeyValueStoreId, "PAGE"), "<p>done</p>");
    assert.doesNotMatch(log, /WARN|ERROR/);
  });

  it("is refused an input that its schema does not allow", async () => {
    const emulator = await start();
    const reply = await emulator.call("POST /v2/actor-tasks/~scrape/runs", { json: {} });
    assert.deepEqual([reply.status, reply.error.type], [400, "invalid-input"]);
    assert.equal(emulator.runs().length, 0);
  });

  it("fails with a message, or with what was thrown in its log", async () => {
    const failed = await runToEnd(await start(), { does: "fails" });
    assert.deepEqual(
      [failed.status, failed.exitCode, failed.statusMessage],
      ["FAILED", 1, "the site is down"],
    );
    const emulator = await start();
    const thrown = await runToEnd(emulator, { does: "throws" });
    assert.deepEqual([thrown.status, thrown.exitCode], ["FAILED", 1]);
    const { text } = await emulator.call(`GET /v2/logs/${thrown.id}`);
    assert.match(text, /nobody catches this/);
  });

  it("is told of a graceful abort, stores its state and ends by itself", async () => {
    const { emulator, id } = await startListening("waits");
    await emulator.call(`POST /v2/actor-runs/${id}/abort?gracefully=true`);
    const run = await emulator.whenRun(({ status }) => isTerminal(status));
    assert.deepEqual([run.status, run.exitCode], ["ABORTED", 0]);
    assert.equal(emulator.record(run.defaultKeyValueStoreId, "ABORTED"), "yes");
    assert.deepEqual(emulator.record(run.defaultKeyValueStoreId, "STATE"), { isMigrating: false });
  });

  it("is killed 30 s after a graceful abort that it does not heed", async () => {
    const { emulator, id } = await startListening("ignoresEvents");
    await emulator.call(`POST /v2/actor-runs/${id}/abort?gracefully=true`);
    emulator.clock.advance(29_999);
    assert.equal(emulator.run(id)?.status, "ABORTING");
    emulator.clock.advance(1);
    assert.equal(emulator.run(id)?.status, "ABORTED");
  });

  it("charges for events, as far as they fit into the limit of the run", async () => {
    const pricingInfo = {
      pricingModel: "PAY_PER_EVENT",
      pricingPerEvent: { actorChargeEvents: { page: { eventPriceUsd: 0.1, eventTitle: "Page" } } },
    };
    const emulator = await start({ declaration: declared({ pricingInfo }), clock: realClock });
    await emulator.startRun("?maxTotalChargeUsd=0.35", { does: "charges", count: 3 });
    const run = await emulator.whenRun(({ status }) => isTerminal(status));
    const log = (await emulator.call(`GET /v2/logs/${run.id}`)).text;
    assert.equal(run.status, "SUCCEEDED", log);
    assert.deepEqual(run.chargedEventCounts, { page: 3 });
    assert.deepEqual(emulator.record(run.defaultKeyValueStoreId, "OUTPUT"), {
      eventChargeLimitReached: true,
      chargedCount: 3,
      chargeableWithinLimit: { page: 0 },
    });
  });

  it("reboots, and goes on with what it has stored", async () => {
    const run = await runToEnd(await start(), { does: "reboots" });
    assert.deepEqual([run.status, run.statusMessage], ["SUCCEEDED", "second life"]);
    assert.equal(run.stats.rebootCount, 1);
  });

  it("metamorphs into another Actor", async () => {
    const emulator = await start();
    await emulator.startRun("", { does: "metamorphs" });
    const run = await emulator.whenRun(({ stats }) => stats.metamorph === 1);
    const { data } = await emulator.call("GET /v2/actors/janedoe~other");
    assert.deepEqual([run.status, run.actId], ["RUNNING", data.id]);
    assert.deepEqual(emulator.record(run.defaultKeyValueStoreId, "INPUT-METAMORPH-1"), {
      from: "metamorph",
    });
  });

  it("goes on elsewhere after a migration, with what it has stored", async () => {
    const { emulator, id } = await startListening("migrates");
    emulator.migrate(id);
    await emulator.whenRun(({ statusMessage }) => statusMessage === "stored");
    emulator.clock.advance(5000);
    const run = await emulator.whenRun(({ status }) => isTerminal(status));
    const log = (await emulator.call(`GET /v2/logs/${id}`)).text;
    assert.deepEqual([run.status, run.statusMessage], ["SUCCEEDED", "went on"], log);
    assert.equal(run.stats.migrationCount, 1);
  });
});
