import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  fails,
  recordedRun,
  succeeds,
  writesOf,
} from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";
import type { Run } from "../../emulator";

describeEngine("engine: TaskRun.get", { sandboxPer: "test" }, (sandbox) => {
  /** Starts a run as somebody else would, and returns it when it is over. */
  async function someRun(task: string): Promise<Run> {
    const { emulator, token } = sandbox;
    const answer = await fetch(`${emulator.url}/v2/actor-tasks/${task}/runs?waitForFinish=5`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ items: [{ price: 1 }] }),
    });
    const { data } = (await answer.json()) as { data: Run };
    emulator.clearRequests();
    const run = emulator.run(data.id);
    assert.ok(run);
    return run;
  }

  it("gives the outputs of a run, starts nothing, and deletes nothing", async () => {
    const { emulator, project } = sandbox;
    const run = await someRun("janedoe~scrape");
    project.program(`
      const prices = apify.TaskRun.get("prices", "${run.id}");
      exports.runId = prices.runId;
      exports.status = prices.status;
      exports.datasetId = prices.defaultDatasetId;
      exports.consoleUrl = prices.consoleUrl;
      exports.items = apify.datasetItems(prices.defaultDatasetId);`);
    await succeeds(project.up());
    assert.deepEqual(await project.outputs(), {
      runId: run.id,
      status: "SUCCEEDED",
      datasetId: run.defaultDatasetId,
      consoleUrl: `https://console.apify.com/actors/tasks/${run.actorTaskId}/runs/${run.id}`,
      items: [{ price: 1 }],
    });
    const { clientIp, ...meta } = run.meta;
    assert.ok(clientIp);
    assert.deepEqual((await recordedRun(project)).meta, meta);
    await expectSettled(emulator, project);

    await expectDestroyed(emulator, project);
    assert.deepEqual(writesOf(emulator), []);
    assert.equal(emulator.run(run.id)?.status, "SUCCEEDED");
    assert.deepEqual(emulator.dataset(run.defaultDatasetId), [{ price: 1 }]);
  });

  it("leaves a run that is going alone, also when it is destroyed", async () => {
    const { emulator, project } = sandbox;
    const starting = someRun("janedoe~by-hand");
    const { id } = await emulator.whenRun(({ status }) => status === "RUNNING");
    project.program(`
      const prices = apify.TaskRun.get("prices", "${id}");
      exports.status = prices.status;`);
    await succeeds(project.up());
    assert.deepEqual(await project.outputs(), { status: "RUNNING" });
    await succeeds(project.destroy());
    assert.equal(emulator.run(id)?.status, "RUNNING");
    emulator.finish(id);
    await starting;
  });

  it("names the id when there is no such run", async () => {
    const { emulator, project } = sandbox;
    project.program('apify.TaskRun.get("prices", "NoSuchRun123456789");');
    const output = await fails(project.up());
    const error = /^ {4}error: Run NoSuchRun123456789 was not found on Apify\. Check the id/gm;
    assert.equal(output.match(error)?.length, 1, output);
    assert.doesNotMatch(output, /\bat .*\.js:\d+/);
    assert.deepEqual(await project.taskRuns(), []);
    assert.deepEqual(writesOf(emulator), []);
  });

  it("takes an id that comes from another resource, and is not known in the preview", async () => {
    const { emulator, project } = sandbox;
    project.program(`
      const original = new apify.TaskRun("original", {
        actorTaskId: "janedoe~scrape",
        input: { items: [{ price: 1 }] },
      });
      const prices = apify.TaskRun.get("prices", original.runId);
      exports.original = original.defaultDatasetId;
      exports.same = prices.defaultDatasetId;`);
    await succeeds(project.run(["preview"]));
    assert.deepEqual(emulator.writes(), []);
    await succeeds(project.up());
    const { original, same } = await project.outputs();
    assert.ok(original);
    assert.equal(same, original);
    assert.equal(emulator.runs().length, 1);
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
  });
});
