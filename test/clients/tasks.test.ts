import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "../emulator/support/checkResponses";
import {
  declaration as accounts,
  closeEmulatorsAfterEach,
  startTestEmulator,
  untilHeld,
} from "../emulator/support/emulator";
import { apifyError, clientOf } from "./support";
import type { Declaration, JsonObject } from "../../emulator";

const inputSchema = {
  title: "Input",
  type: "object",
  schemaVersion: 1,
  properties: {
    query: { title: "Query", type: "string", prefill: "cheese" },
    maxPages: { title: "Pages", type: "integer", minimum: 1, default: 3 },
    mode: { title: "Mode", type: "string", editor: "hidden", default: "fast" },
  },
  required: ["query"],
};

const declaration: Declaration = {
  users: accounts.users,
  actors: [
    {
      username: "janedoe",
      name: "my-actor",
      manual: true,
      builds: [{ number: "0.1.1", tags: ["latest"], inputSchema }],
    },
  ],
  tasks: [{ username: "johndoe", name: "private", actor: "janedoe~my-actor" }],
};

/** The client's types ask for more than Apify does. */
const newTask = (fields: JsonObject): never => fields as never;

describe("apify-client: tasks", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("can be created with a name, a title and an input that Apify makes up", async () => {
    const emulator = await startTestEmulator({ declaration });
    const client = clientOf(emulator);
    const actor = await client.actor("janedoe/my-actor").get();
    const first = await client.tasks().create(newTask({ actId: actor?.id }));
    assert.equal(first.name, "my-actor-task");
    assert.equal(first.title, "My Actor Task");
    assert.deepEqual(first.input, { query: "cheese", mode: "fast" });
    assert.deepEqual([first.username, first.actId], ["janedoe", actor?.id]);
    const second = await client.tasks().create(newTask({ actId: "janedoe~my-actor" }));
    assert.equal(second.name, "my-actor-task-1");
    assert.deepEqual(
      (await client.tasks().list({ desc: true })).items.map(({ name }) => name),
      ["my-actor-task-1", "my-actor-task"],
    );
    assert.equal((await client.tasks().list({ limit: 1, offset: 1 })).items[0]?.id, second.id);
    assert.equal((await clientOf(emulator, "john-token").tasks().list()).total, 1);
  });

  it("can be created with all their properties, and updated in part", async () => {
    const emulator = await startTestEmulator({ declaration });
    const client = clientOf(emulator);
    const options = { build: "latest", timeoutSecs: 60, memoryMbytes: 512 };
    const actorStandby = { isEnabled: true };
    const { id } = await client.tasks().create(
      newTask({
        ...{ actId: "janedoe~my-actor", name: "nightly", title: "Nightly", options, actorStandby },
        ...{ input: { query: "a" }, description: "Each night" },
      }),
    );
    const task = await client.task("~nightly").get();
    assert.equal(task?.id, id);
    assert.equal(task.description, "Each night");
    assert.deepEqual(task.actorStandby, actorStandby);
    assert.equal(task.options?.memoryMbytes, 512);
    const updated = await client.task(id).update({ name: "daily", title: "Daily" });
    assert.deepEqual([updated.name, updated.title], ["daily", "Daily"]);
    assert.deepEqual(updated.input, { query: "a" });
    assert.equal(await client.task("janedoe/nightly").get(), undefined);
  });

  it("are refused with Apify's errors", async () => {
    const emulator = await startTestEmulator({ declaration });
    const client = clientOf(emulator);
    const create = (fields: JsonObject): Promise<unknown> =>
      client.tasks().create(newTask({ actId: "janedoe~my-actor", ...fields }));
    await create({ name: "taken", input: {} });
    for (const [fields, type, status] of [
      [{ name: "TAKEN" }, "actor-task-name-not-unique", 409],
      [{ name: "-bad name" }, "schema-validation", 400],
      [{ name: "ab" }, "schema-validation", 400],
      [{ actId: "none" }, "record-not-found", 404],
      [{ actId: 1 }, "schema-validation", 400],
      [{ input: [1] }, "invalid-input", 403],
      [{ input: { maxPages: 0 } }, "invalid-input", 400],
      [{ options: { memoryMbytes: "much" } }, "schema-validation", 400],
      [{ isPublic: true }, "cannot-publish-actor-task", 400],
    ] as const) {
      await assert.rejects(create(fields), apifyError(type, status), JSON.stringify(fields));
    }
    assert.equal((await client.tasks().list()).total, 1);
    const other = await client.tasks().create(newTask({ actId: "janedoe~my-actor" }));
    await assert.rejects(
      client.task(other.id).update({ name: "taken" }),
      apifyError("actor-task-name-not-unique", 409),
    );
    await assert.rejects(
      client.task(other.id).publish(),
      apifyError("cannot-publish-actor-task", 400),
    );
    assert.equal((await client.task(other.id).unpublish()).isPublic, false);
    const foreign = clientOf(emulator, "john-token");
    assert.equal(await foreign.task(other.id).get(), undefined);
  });

  it("have an input that is read bare and merged on update", async () => {
    const emulator = await startTestEmulator({ declaration });
    const client = clientOf(emulator);
    const { id } = await client
      .tasks()
      .create(newTask({ actId: "janedoe~my-actor", input: { query: "a" } }));
    const task = client.task(id);
    assert.deepEqual(await task.getInput(), { query: "a" });
    assert.deepEqual(await task.updateInput({ maxPages: 5 }), { query: "a", maxPages: 5 });
    await assert.rejects(task.updateInput({ maxPages: 0 }), {
      message: "Input is not valid: Field input.maxPages must be >= 1",
    });
    assert.deepEqual(await task.getInput(), { query: "a", maxPages: 5 });
    assert.equal(await client.task("none").getInput(), undefined);
  });

  it("can be run, and list their runs and their last run", async () => {
    const emulator = await startTestEmulator({ declaration });
    const client = clientOf(emulator);
    const { id } = await client
      .tasks()
      .create(newTask({ actId: "janedoe~my-actor", input: { query: "a" } }));
    const task = client.task(id);
    const first = await task.start({ maxPages: 7 }, { memory: 256, timeout: 30, maxItems: 4 });
    assert.deepEqual(emulator.record(first.defaultKeyValueStoreId, "INPUT"), {
      ...{ query: "a", maxPages: 7, mode: "fast" },
    });
    assert.equal(first.actorTaskId, id);
    emulator.finish(first.id);
    const calling = task.call({}, { waitSecs: 5 });
    await untilHeld(emulator, 1);
    const live = emulator.liveRuns()[0];
    assert.ok(live);
    emulator.finish(live.id, { exitCode: 1 });
    assert.equal((await calling).status, "FAILED");
    const { items } = await task.runs().list({ status: ["SUCCEEDED", "FAILED"], desc: true });
    assert.deepEqual(
      items.map((run) => run.id),
      [live.id, first.id],
    );
    assert.equal((await task.lastRun().get())?.id, live.id);
    assert.equal((await task.lastRun({ status: "SUCCEEDED" }).get())?.id, first.id);
    assert.equal((await task.lastRun({ origin: "API" }).waitForFinish()).id, live.id);
    assert.equal(await task.lastRun({ status: "ABORTED" }).get(), undefined);
    assert.match((await task.lastRun().log().get()) ?? "", /FAILED/);
    assert.equal((await task.get())?.stats.totalRuns, 2);
    assert.equal((await task.webhooks().list()).total, 0);
  });

  it("can be deleted, which aborts their runs and keeps them", async () => {
    const emulator = await startTestEmulator({ declaration });
    const client = clientOf(emulator);
    const { id } = await client
      .tasks()
      .create(newTask({ actId: "janedoe~my-actor", input: { query: "a" } }));
    const run = await client.task(id).start();
    await client.task(id).delete();
    await client.task(id).delete();
    assert.equal(await client.task(id).get(), undefined);
    const after = await client.run(run.id).get();
    assert.deepEqual([after?.status, after?.actorTaskId], ["ABORTED", id]);
    await assert.rejects(client.task(id).start(), apifyError("record-not-found", 404));
  });
});
