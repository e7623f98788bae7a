import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "./support/checkResponses";
import {
  assertError,
  closeEmulatorsAfterEach,
  startTestEmulator,
  withActor,
} from "./support/emulator";
import type { ActorContext, Declaration, Run } from "../../emulator";

/** The manual Actor of `~scrape`, and another one with two builds. */
function withTarget(run: (context: ActorContext) => Promise<void>): Declaration {
  const { users, actors = [], tasks = [] } = withActor({ manual: true });
  const builds = [
    { number: "3.0.1", tags: ["latest"] },
    { number: "3.1.1", tags: ["beta"] },
  ];
  return { users, actors: [...actors, { username: "apify", name: "target", run, builds }], tasks };
}

describe("a metamorph", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("turns the run into one of another Actor with the same ids, and that Actor ends it", async () => {
    const seen: { input: unknown; env: ActorContext["env"] }[] = [];
    const declaration = withTarget(({ input, env, pushData }) => {
      seen.push({ input, env });
      pushData({ from: "target" });
      return Promise.resolve();
    });
    const emulator = await startTestEmulator({ declaration });
    const before = await emulator.startRun("", { page: 1 });
    emulator.clock.advance(0);
    const ended = emulator.whenRun(({ status }) => status === "SUCCEEDED");
    emulator.metamorph(before.id, "apify~target", { build: "beta", input: { page: 2 } });
    const after = await ended;

    const { data: actor } = await emulator.call("GET /v2/actors/apify~target");
    assert.notEqual(actor.id, before.actId);
    assert.equal(after.actId, actor.id);
    assert.equal(after.buildNumber, "3.1.1");
    assert.notEqual(after.buildId, before.buildId);
    assert.equal(after.stats.metamorph, 1);
    const { actId: actorId, buildId } = after;
    const createdAt = new Date(emulator.clock.now()).toISOString();
    assert.deepEqual(after.metamorphs, [
      { createdAt, actorId, buildId, inputKey: "INPUT-METAMORPH-1" },
    ]);
    for (const field of ["id", "actorTaskId", "defaultDatasetId", "startedAt"] as const) {
      assert.equal(after[field], before[field]);
    }
    assert.deepEqual(seen[0]?.input, { page: 2 });
    assert.equal(seen[0].env.ACTOR_INPUT_KEY, "INPUT-METAMORPH-1");
    assert.deepEqual(emulator.record(after.defaultKeyValueStoreId, "INPUT"), { page: 1 });
    assert.deepEqual(emulator.dataset(after.defaultDatasetId), [{ from: "target" }]);
  });

  it("can be requested by the Actor itself, more than once", async () => {
    const emulator = await startTestEmulator({
      declaration: withTarget(() => new Promise(() => undefined)),
    });
    const { id } = await emulator.startRun();
    emulator.clock.advance(0);
    for (const build of ["", "&build=3.1.1"]) {
      const path = `POST /v2/actor-runs/${id}/metamorph?targetActorId=apify~target${build}`;
      const { data } = await emulator.call<Run>(path, { json: {} });
      assert.equal(data.status, "RUNNING");
    }
    const run = emulator.run(id);
    assert.equal(run?.buildNumber, "3.1.1");
    assert.deepEqual(
      run.metamorphs?.map(({ inputKey }) => inputKey),
      ["INPUT-METAMORPH-1", "INPUT-METAMORPH-2"],
    );
  });

  it("is refused for an unknown Actor, and for a run that has ended", async () => {
    const emulator = await startTestEmulator({ declaration: withTarget(() => Promise.resolve()) });
    const { id } = await emulator.startRun();
    const path = `POST /v2/actor-runs/${id}/metamorph`;
    const missing = await emulator.call(`${path}?targetActorId=apify~none`);
    assertError(missing, 404, "record-not-found");
    emulator.finish(id);
    const late = await emulator.call(`${path}?targetActorId=apify~target`);
    assertError(late, 403, "job-finished");
  });
});
