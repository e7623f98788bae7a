import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  startsOf,
  succeeds,
  writesOf,
} from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";

describeEngine("engine: a task and its run", { sandboxPer: "suite" }, (sandbox) => {
  let outputs: Readonly<Record<string, unknown>>;

  function declare(price: number, title?: string): void {
    const args = {
      actorId: "janedoe/obedient",
      title,
      input: { items: [{ price }] },
      options: { memoryMbytes: 512 },
    };
    sandbox.project.program(`
      const scraper = new apify.Task("price-scraper", ${JSON.stringify(args)});
      const prices = new apify.TaskRun("prices", {
        actorTaskId: scraper.id, triggers: [scraper.fingerprint],
      });
      exports.taskId = scraper.id;
      exports.name = scraper.name;
      exports.fingerprint = scraper.fingerprint;
      exports.consoleUrl = scraper.consoleUrl;
      exports.runId = prices.runId;
      exports.items = apify.datasetItems(prices.defaultDatasetId);`);
  }

  it("are created together, after a preview that creates nothing", async () => {
    const { emulator, project, tasks } = sandbox;
    declare(1);
    await succeeds(project.run(["preview"]));
    assert.deepEqual(writesOf(emulator), []);

    const output = await succeeds(project.up());
    outputs = await project.outputs();
    const taskId = String(outputs.taskId);
    assert.deepEqual(writesOf(emulator), [
      "POST /v2/actor-tasks 201",
      `POST /v2/actor-tasks/${taskId}/runs 201`,
    ]);
    const [task, ...others] = await tasks.all();
    assert.deepEqual(others, []);
    assert.equal(task?.id, taskId);
    assert.match(task.name, /^price-scraper-[0-9a-f]{7}$/);
    assert.deepEqual(
      { name: outputs.name, consoleUrl: outputs.consoleUrl, items: outputs.items },
      {
        name: task.name,
        consoleUrl: `https://console.apify.com/actors/tasks/${taskId}`,
        items: [{ price: 1 }],
      },
    );
    assert.match(
      output,
      new RegExp(`Task price-scraper created .*janedoe~${task.name} \\(${taskId}\\)`),
    );
    await expectSettled(emulator, project);
  });

  it("do not run again for another title, as the preview says", async () => {
    const { emulator, project, tasks } = sandbox;
    declare(1, "Prices");
    const { steps } = await project.preview();
    assert.deepEqual(
      steps.map(({ op, urn }) => `${op} ${urn.split("::").at(-1) ?? ""}`),
      ["update price-scraper"],
    );
    emulator.clearRequests();
    await succeeds(project.up());
    assert.deepEqual(writesOf(emulator), [`PUT /v2/actor-tasks/${String(outputs.taskId)} 200`]);
    assert.equal((await tasks.get(String(outputs.taskId))).title, "Prices");
    assert.deepEqual(await project.outputs(), outputs);
  });

  it("run again for another input, as the preview says", async () => {
    const { emulator, project } = sandbox;
    declare(2, "Prices");
    const { steps } = await project.preview();
    const ops = new Set(steps.map(({ op, urn }) => `${op} ${urn.split("::").at(-1) ?? ""}`));
    assert.ok(ops.has("update price-scraper") && ops.has("replace prices"), [...ops].join());
    emulator.clearRequests();
    await succeeds(project.up());
    assert.equal(startsOf(emulator).length, 1);
    const { taskId, fingerprint, items } = await project.outputs();
    assert.equal(taskId, outputs.taskId);
    assert.notEqual(fingerprint, outputs.fingerprint);
    assert.deepEqual(items, [{ price: 2 }]);
    await expectSettled(emulator, project);
    const runs = emulator.runs().map(({ id }) => id);
    await expectDestroyed(emulator, project);
    // The runs and their data outlive the task.
    assert.deepEqual(
      emulator.runs().map(({ id }) => id),
      runs,
    );
  });
});
