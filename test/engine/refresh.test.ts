import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  fails,
  recorded,
  recordedRun,
  startsOf,
  succeeds,
  writesOf,
} from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";
import type { StateResource } from "./support/project";

const refreshPreview = ["refresh", "--preview-only", "--expect-no-changes"];

describeEngine("engine: refresh of runs that have ended", { sandboxPer: "suite" }, (sandbox) => {
  const names = ["untouched", "gone", "settledLate"] as const;
  const old = new Map<string, StateResource>();
  let outputs: Readonly<Record<string, unknown>>;

  before(async () => {
    const { project } = sandbox;
    project.program(`
      for (const name of ${JSON.stringify(names)}) {
        const run = new apify.TaskRun(name, { actorTaskId: "janedoe~scrape", input: { items: [{ price: 1 }] } });
        exports[name] = { runId: run.runId, datasetId: run.defaultDatasetId, usd: run.usageTotalUsd };
      }`);
    await succeeds(project.up());
    for (const name of names) old.set(name, await recorded(project, name));
    outputs = await project.outputs();
  });

  it("changes nothing where nothing happened", async () => {
    const { emulator, project } = sandbox;
    emulator.clearRequests();
    await succeeds(project.run(refreshPreview));
    await succeeds(project.refresh("--expect-no-changes"));
    for (const name of names) {
      const { id, inputs, outputs } = await recorded(project, name);
      const { id: oldId, inputs: oldInputs, outputs: oldOutputs } = old.get(name) ?? assert.fail();
      assert.deepEqual([id, inputs, outputs], [oldId, oldInputs, oldOutputs]);
    }
    assert.deepEqual(writesOf(emulator), []);
  });

  it("keeps what is known of a run that is gone from Apify, and starts no other", async () => {
    const { emulator, project } = sandbox;
    const known = old.get("gone") ?? assert.fail();
    emulator.expireRun(String(known.id));

    const output = await succeeds(project.refresh());
    assert.ok(output.includes(`Run ${known.id} is no longer on Apify`), output);
    const { outputs: after, ...rest } = await recorded(project, "gone");
    assert.equal(rest.id, known.id);
    assert.deepEqual(after, { ...known.outputs, expired: true });
  });

  it("says once that a run is gone", async () => {
    assert.ok(!(await succeeds(sandbox.project.refresh())).includes("no longer on Apify"));
  });

  it("brings in figures that Apify settles late, and nothing runs again for them", async () => {
    const { emulator, project } = sandbox;
    const { id, stats, usage } = await recordedRun(project, "settledLate");
    const late = {
      stats: { ...stats, computeUnits: 0.125 },
      usage: { ...usage, DATASET_WRITES: 17 },
      usageTotalUsd: 1.25,
    };
    emulator.setStatus(id, late);
    await succeeds(project.refresh());
    const after = await recordedRun(project, "settledLate");
    assert.deepEqual([after.stats, after.usage, after.usageTotalUsd], Object.values(late));
    assert.equal(after.id, id);
    await expectSettled(emulator, project);
    assert.deepEqual(await project.outputs(), {
      ...outputs,
      settledLate: { ...(outputs.settledLate as object), usd: 1.25 },
    });
    await expectDestroyed(emulator, project);
    assert.deepEqual(startsOf(emulator), []);
  });
});

describeEngine(
  "engine: refresh of runs that nobody waits for",
  { sandboxPer: "suite" },
  (sandbox) => {
    const program = `
      const prices = new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand", waitSecs: 0 });
      exports.runId = prices.runId;
      exports.status = prices.status;
      exports.expired = prices.expired;`;

    it("shows a run that was aborted behind Pulumi's back, and the next up runs again", async () => {
      const { emulator, project } = sandbox;
      project.program(program);
      await succeeds(project.up());
      const { id } = await recordedRun(project);
      emulator.finish(id, { status: "ABORTED", statusMessage: "stopped in Console" });
      emulator.clearRequests();

      const drift = await fails(project.run(refreshPreview));
      assert.match(drift, /TaskRun prices update/);
      const explanation = `Run ${id} ended with status ABORTED: stopped in Console. \`pulumi up\` runs the task again`;
      assert.ok(drift.includes(explanation), drift);
      const { status } = await recordedRun(project);
      assert.equal(status, "READY", "a preview stores nothing");

      await succeeds(project.refresh());
      assert.equal((await recordedRun(project)).status, "ABORTED");
      const { steps, messages } = await project.preview();
      assert.ok(messages.get("prices")?.includes(explanation), messages.get("prices"));
      const [step] = steps.filter(({ urn }) => urn.endsWith("::prices"));
      assert.deepEqual([step?.op, step?.replaceReasons], ["replace", ["status"]]);
      assert.deepEqual(writesOf(emulator), []);

      await succeeds(project.up());
      assert.deepEqual(writesOf(emulator), ["POST /v2/actor-tasks/janedoe~by-hand/runs 201"]);
      assert.notEqual((await recordedRun(project)).id, id);
    });

    it("follows a run that nobody waits for, and changes nothing while it goes on", async () => {
      const { emulator, project } = sandbox;
      const { id } = await recordedRun(project);
      await succeeds(project.refresh("--expect-no-changes"));
      assert.equal((await recordedRun(project)).status, "RUNNING");
      await expectSettled(emulator, project);
      assert.equal((await project.outputs()).status, "RUNNING");

      emulator.finish(id);
      await succeeds(project.refresh());
      assert.equal((await recordedRun(project)).status, "SUCCEEDED");
      await expectSettled(emulator, project);
      assert.deepEqual(await project.outputs(), { runId: id, status: "SUCCEEDED", expired: false });
      await expectDestroyed(emulator, project);
    });
  },
);
