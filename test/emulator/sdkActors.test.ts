import assert from "node:assert/strict";
import { resolve } from "node:path";
import { isTerminal, realClock } from "../../emulator";
import { closeEmulatorsAfterEach, startTestEmulator, withActor } from "./support/emulator";
import type { Declaration, JsonObject, Run } from "../../emulator";
import type { TestEmulator } from "./support/emulator";

const folder = resolve(__dirname, "support/sdkActor");

const declaration = (more: object = {}): Declaration => {
  const { users } = withActor({ manual: true });
  return {
    users,
    actors: [
      { username: "janedoe", folder, ...more },
      { username: "janedoe", name: "other", manual: true },
    ],
    tasks: [{ username: "janedoe", name: "scrape", actor: "janedoe~sdk-actor" }],
  };
};

async function untilEnd(emulator: TestEmulator, input: JsonObject): Promise<Run> {
  await emulator.startRun("", input);
  return emulator.whenRun(({ status }) => isTerminal(status));
}

describe("an Actor that uses Apify's SDK", () => {
  closeEmulatorsAfterEach();

  const start = (more: object = {}): Promise<TestEmulator> =>
    startTestEmulator({ declaration: declaration(more), clock: realClock });

  it("reads its input, with the defaults of its schema, and writes to its storages", async () => {
    const emulator = await start();
    const run = await untilEnd(emulator, { does: "usesStorages" });
    const log = (await emulator.call(`GET /v2/logs/${run.id}`)).text;
    assert.deepEqual([run.status, run.statusMessage, run.exitCode], ["SUCCEEDED", "all stored", 0], log);
    assert.equal(run.isStatusMessageTerminal, true);
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
});
