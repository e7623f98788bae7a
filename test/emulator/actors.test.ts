import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "./support/checkResponses";
import {
  assertError,
  closeEmulatorsAfterEach,
  startTestEmulator,
  withActor,
} from "./support/emulator";

describe("GET /v2/actors/:id", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("shows builds by tag, versions and default options", async () => {
    const emulator = await startTestEmulator({
      declaration: withActor({
        manual: true,
        builds: [
          { number: "0.1.1", tags: ["latest"] },
          { number: "1.0.15", tags: ["beta"] },
        ],
        defaultRunOptions: { memoryMbytes: 512 },
      }),
    });
    const { data } = await emulator.call("GET /v2/actors/janedoe~actor");
    assert.equal(data.name, "actor");
    const tagged = data.taggedBuilds as Record<string, Record<string, unknown>>;
    assert.deepEqual(Object.keys(tagged), ["latest", "beta"]);
    assert.equal(tagged.beta?.buildNumber, "1.0.15");
    assert.equal(tagged.beta.buildNumberInt, 10_000_015);
    assert.deepEqual(
      (data.versions as { versionNumber: string; buildTag: string }[]).map(
        ({ versionNumber, buildTag }) => [versionNumber, buildTag],
      ),
      [
        ["0.1", "latest"],
        ["1.0", "beta"],
      ],
    );
    assert.deepEqual(data.defaultRunOptions, {
      build: "latest",
      timeoutSecs: 300,
      memoryMbytes: 512,
      restartOnError: false,
    });
  });

  it("also answers under /v2/acts, by id and by ~name", async () => {
    const emulator = await startTestEmulator();
    const { data } = await emulator.call("GET /v2/actors/~by-hand");
    const byId = await emulator.call(`GET /v2/acts/${String(data.id)}`);
    assert.deepEqual(byId.data, data);
  });

  it("shows the new build of a tag that was moved", async () => {
    const emulator = await startTestEmulator();
    const buildId = emulator.addBuild("janedoe~by-hand", { number: "0.1.2", tags: ["latest"] });
    const { data } = await emulator.call("GET /v2/actors/~by-hand");
    const tagged = data.taggedBuilds as Record<string, Record<string, unknown>>;
    assert.equal(tagged.latest?.buildId, buildId);
  });

  it("answers 404 for an unknown Actor", async () => {
    const emulator = await startTestEmulator();
    const reply = await emulator.call("GET /v2/actors/none~none");
    assertError(reply, 404, "record-not-found");
    assertError(await emulator.call("GET /v2/acts/none/builds"), 404, "record-not-found");
  });
});

describe("builds", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("are listed oldest first, or newest first on request", async () => {
    const emulator = await startTestEmulator();
    emulator.addBuild("janedoe~by-hand", { number: "0.1.2" });
    const numbers = async (query: string): Promise<unknown[]> => {
      const { data } = await emulator.call(`GET /v2/actors/~by-hand/builds${query}`);
      return (data.items as { buildNumber: string }[]).map(({ buildNumber }) => buildNumber);
    };
    assert.deepEqual(await numbers(""), ["0.1.1", "0.1.2"]);
    assert.deepEqual(await numbers("?desc=1&limit=1"), ["0.1.2"]);
  });

  it("can be read one by one", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    const { data } = await emulator.call(`GET /v2/actor-builds/${run.buildId}`);
    assert.equal(data.buildNumber, "0.1.1");
    assert.equal(data.actId, run.actId);
    const version = data.actVersion as Record<string, unknown>;
    assert.deepEqual([version.versionNumber, version.buildTag], ["0.1", "latest"]);
    assertError(await emulator.call("GET /v2/actor-builds/none"), 404, "record-not-found");
  });
});
