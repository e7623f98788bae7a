import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "../emulator/support/checkResponses";
import {
  declaration as accounts,
  closeEmulatorsAfterEach,
  startTestEmulator,
  untilHeld,
} from "../emulator/support/emulator";
import { apifyError, clientOf } from "./support";
import type { Declaration } from "../../emulator";

const inputSchema = {
  type: "object",
  properties: { url: { type: "string" }, pages: { type: "integer", default: 2 } },
  required: ["url"],
};

const declaration: Declaration = {
  users: accounts.users,
  actors: [
    {
      username: "janedoe",
      name: "crawler",
      title: "Crawler",
      manual: true,
      builds: [
        { number: "0.1.1", tags: ["latest"], inputSchema },
        { number: "0.2.1", tags: ["beta"] },
      ],
    },
    { username: "apify", name: "other", manual: true },
  ],
};

describe("apify-client: Actors", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("are listed if the account owns them or has run them", async () => {
    const emulator = await startTestEmulator({ declaration });
    const client = clientOf(emulator);
    const names = async (options: { my?: boolean; desc?: boolean }): Promise<string[]> =>
      (await client.actors().list(options)).items.map(({ name }) => name);
    assert.deepEqual(await names({}), ["crawler"]);
    await client.actor("apify/other").start({});
    assert.deepEqual(await names({}), ["crawler", "other"]);
    assert.deepEqual(await names({ desc: true }), ["other", "crawler"]);
    assert.deepEqual(await names({ my: true }), ["crawler"]);
    const actor = await client.actor("apify/other").get();
    assert.equal(actor?.stats.totalRuns, 1);
    assert.ok(actor.stats.lastRunStartedAt instanceof Date);
    assert.equal(await client.actor("apify/none").get(), undefined);
  });

  it("run without a task", async () => {
    const emulator = await startTestEmulator({ declaration });
    const client = clientOf(emulator);
    const run = await client.actor("janedoe/crawler").start({ url: "u" }, { memory: 256 });
    assert.equal(run.actorTaskId, null);
    assert.deepEqual(emulator.record(run.defaultKeyValueStoreId, "INPUT"), { url: "u", pages: 2 });
    const calling = client.actor("janedoe/crawler").call({ url: "v" }, { log: null });
    await untilHeld(emulator, 1);
    const called = emulator.liveRuns()[1];
    assert.ok(called);
    emulator.finish(called.id);
    assert.equal((await calling).status, "SUCCEEDED");
    const actor = client.actor("janedoe/crawler");
    assert.equal((await actor.runs().list()).total, 2);
    assert.equal((await actor.lastRun({ status: "SUCCEEDED" }).get())?.id, called.id);
    const johns = clientOf(emulator, "john-token").actor("janedoe/crawler");
    assert.equal((await johns.runs().list()).total, 0);
    const gone = await emulator.call(`GET /v2/actors/apify~other/runs/${called.id}`);
    assert.equal(gone.status, 404);
    const byActor = await emulator.call(`GET /v2/acts/janedoe~crawler/runs/${called.id}`);
    assert.equal(byActor.data.id, called.id);
  });

  it("accept an input of any type", async () => {
    const emulator = await startTestEmulator({ declaration });
    const actor = clientOf(emulator).actor("apify/other");
    const run = await actor.start("plain", { contentType: "text/plain; charset=utf-8" });
    assert.equal(emulator.record(run.defaultKeyValueStoreId, "INPUT"), "plain");
  });

  it("refuse an input that their build's schema does not allow", async () => {
    const emulator = await startTestEmulator({ declaration });
    const actor = clientOf(emulator).actor("janedoe/crawler");
    const required = { message: "Input is not valid: Field input.url is required" };
    await assert.rejects(actor.start({}), required);
    await assert.rejects(actor.validateInput({ pages: 1 }), required);
    await assert.rejects(actor.validateInput({}), apifyError("invalid-input", 400));
    assert.equal(await actor.validateInput({ url: "u" }), true);
    assert.equal(await actor.validateInput({}, { build: "beta" }), true);
    await actor.start({}, { build: "beta" });
  });

  it("have builds and versions", async () => {
    const emulator = await startTestEmulator({ declaration });
    const client = clientOf(emulator);
    const actor = client.actor("janedoe/crawler");
    const build = await (await actor.defaultBuild()).get();
    assert.equal(build?.buildNumber, "0.1.1");
    assert.equal((await client.build(build.id).waitForFinish()).status, "SUCCEEDED");
    assert.match((await client.build(build.id).log().get()) ?? "", /Build finished/);
    assert.match((await client.log(build.id).get()) ?? "", /Build finished/);
    assert.equal(await client.build("none").log().get(), undefined);
    assert.equal(await client.build("none").get(), undefined);
    const { items } = await actor.builds().list({ desc: true });
    assert.notEqual(items[0]?.id, build.id);
    assert.equal((await client.build(items[0]?.id ?? "").get())?.buildNumber, "0.2.1");
    assert.equal((await client.builds().list()).total, 2);
    assert.equal((await actor.versions().list()).total, 2);
    assert.equal((await actor.version("0.2").get())?.versionNumber, "0.2");
    assert.equal(await actor.version("9.9").get(), undefined);
    assert.equal((await actor.webhooks().list()).total, 0);
  });
});
