import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  fails,
  recorded,
  recordedRun,
  succeeds,
  writesOf,
} from "./support/acceptance";
import { startShop, type Shop } from "./support/shop";
import type { Emulator } from "../../emulator";
import type { Project } from "./support/project";

const scrape = `
  const prices = new apify.TaskRun("prices", {
    actorTaskId: "janedoe~scrape",
    input: { items: [{ price: 1 }] },
  });
  exports.runId = prices.runId;
  exports.datasetId = prices.defaultDatasetId;
  exports.usageTotalUsd = prices.usageTotalUsd;`;

const byHandUnwatched = `
  const prices = new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand", waitSecs: 0 });
  exports.runId = prices.runId;
  exports.status = prices.status;
  exports.expired = prices.expired;`;

describe("engine: refresh", function () {
  this.timeout(180_000);
  let shop: Shop;
  let emulator: Emulator;
  let project: Project;

  beforeEach(async () => {
    shop = await startShop();
    emulator = shop.emulator;
    project = await shop.project();
  });

  afterEach(() => shop.close());

  const refreshPreview = ["refresh", "--preview-only", "--expect-no-changes"];

  it("changes nothing where nothing happened", async () => {
    project.program(scrape);
    await succeeds(project.up());
    const before = await recorded(project);
    await succeeds(project.run(refreshPreview));
    await succeeds(project.refresh("--expect-no-changes"));
    const { id, inputs, outputs } = await recorded(project);
    assert.deepEqual([id, inputs, outputs], [before.id, before.inputs, before.outputs]);
    assert.equal(writesOf(emulator).length, 1);
  });

  it("shows a run that was aborted behind Pulumi's back, and the next up runs again", async () => {
    project.program(byHandUnwatched);
    await succeeds(project.up());
    const { id } = await recordedRun(project);
    emulator.finish(id, { status: "ABORTED", statusMessage: "stopped in Console" });
    emulator.clearRequests();

    const drift = await fails(project.run(refreshPreview));
    assert.match(drift, /TaskRun prices update/);
    const explanation = `Run ${id} ended as ABORTED: stopped in Console. \`pulumi up\` runs the task again`;
    assert.ok(drift.includes(explanation), drift);
    const { status } = await recordedRun(project);
    assert.equal(status, "READY", "a preview stores nothing");

    await succeeds(project.refresh());
    assert.equal((await recordedRun(project)).status, "ABORTED");
    const preview = await succeeds(project.run(["preview"]));
    assert.ok(preview.includes(explanation), preview);
    const [step] = (await project.preview()).filter(({ urn }) => urn.endsWith("::prices"));
    assert.deepEqual([step?.op, step?.replaceReasons], ["replace", ["status"]]);
    assert.deepEqual(writesOf(emulator), []);

    await succeeds(project.up());
    assert.deepEqual(writesOf(emulator), ["POST /v2/actor-tasks/janedoe~by-hand/runs 201"]);
    assert.notEqual((await recordedRun(project)).id, id);
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
  });

  it("keeps what is known of a run that is gone from Apify, and starts no other", async () => {
    project.program(scrape);
    await succeeds(project.up());
    const before = await recorded(project);
    const outputs = await project.outputs();
    emulator.expireRun(String(before.id));

    const output = await succeeds(project.refresh());
    assert.ok(output.includes(`Run ${before.id} is no longer on Apify`), output);
    const { outputs: after, ...rest } = await recorded(project);
    assert.equal(rest.id, before.id);
    assert.deepEqual(after, { ...before.outputs, expired: true });

    await expectSettled(emulator, project);
    assert.deepEqual(await project.outputs(), outputs);
    await expectDestroyed(emulator, project);
  });

  it("says once that a run is gone", async () => {
    project.program(scrape);
    await succeeds(project.up());
    const { id } = await recorded(project);
    emulator.expireRun(String(id));
    assert.ok((await succeeds(project.refresh())).includes(`Run ${id} is no longer on Apify`));
    assert.ok(!(await succeeds(project.refresh())).includes("gone from Apify"));
  });

  it("follows a run that nobody waits for, and changes nothing while it goes on", async () => {
    project.program(byHandUnwatched);
    await succeeds(project.up());
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

  it("brings in figures that Apify settles late, and nothing runs again for them", async () => {
    project.program(scrape);
    await succeeds(project.up());
    const { id, stats, usage } = await recordedRun(project);
    const late = {
      stats: { ...stats, computeUnits: 0.125 },
      usage: { ...usage, DATASET_WRITES: 17 },
      usageTotalUsd: 1.25,
    };
    emulator.setStatus(id, late);
    await succeeds(project.refresh());
    const after = await recordedRun(project);
    assert.deepEqual([after.stats, after.usage, after.usageTotalUsd], Object.values(late));
    await expectSettled(emulator, project);
    assert.equal((await project.outputs()).usageTotalUsd, 1.25);
    assert.equal((await recordedRun(project)).id, id);
    await expectDestroyed(emulator, project);
  });
});
