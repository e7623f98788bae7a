import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  fails,
  recordedTask,
  succeeds,
  writesOf,
} from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import { typeToken } from "../../support/shell";

const actor = 'actorId: "janedoe/obedient"';

describeEngine("engine: resource options of a task", { sandboxPer: "suite" }, (sandbox) => {
  const before = `
    new apify.Task("old-name", { ${actor}, title: "One" });
    new apify.Task("ignoring", { ${actor}, input: { n: 1 } }, { ignoreChanges: ["input"] });
    new apify.Task("protected", { ${actor} }, { protect: true });
    new apify.Task("retained", { ${actor}, name: "retained" }, { retainOnDelete: true });
    new apify.Task("kept", { ${actor}, name: "kept", onDelete: "keep" });`;
  const after = `
    new apify.Task("new-name", { ${actor}, title: "One" }, { aliases: [{ name: "old-name" }] });
    new apify.Task("ignoring", { ${actor}, input: { n: 2 } }, { ignoreChanges: ["input"] });`;
  const more = `new apify.Task("protected", { ${actor} }, { protect: true });`;

  it("aliases, ignoreChanges, retainOnDelete and onDelete change nothing at Apify", async () => {
    const { emulator, project, tasks } = sandbox;
    project.program(before);
    await succeeds(project.up());
    const all = await tasks.all();
    const { id, outputs } = await recordedTask(project, "old-name");
    emulator.clearRequests();
    project.program(after + more);
    await succeeds(project.up());
    assert.deepEqual(writesOf(emulator), []);
    assert.deepEqual(await tasks.all(), all);
    const renamed = await recordedTask(project, "new-name");
    assert.deepEqual([renamed.id, renamed.outputs.name], [id, outputs.name]);
    await expectSettled(emulator, project);
  });

  it("protect keeps the task until it is taken away", async () => {
    const { emulator, project, tasks } = sandbox;
    project.program(after);
    assert.match(await fails(project.up()), /protected/);
    assert.deepEqual(writesOf(emulator), []);
    const { urn } = await recordedTask(project, "protected");
    await succeeds(project.run(["state", "unprotect", urn, "--yes"]));
    await expectDestroyed(emulator, project);
    assert.deepEqual((await tasks.all()).map(({ name }) => name).sort(), ["kept", "retained"]);
  });
});

describeEngine("engine: a choice of tasks", { sandboxPer: "suite" }, (sandbox, shell) => {
  function declare(title: string): void {
    const { project } = sandbox;
    project.program(`
      for (const name of ["chosen", "left-out"]) {
        const task = new apify.Task(name, { ${actor}, title: "${title}" });
        new apify.TaskRun("run-" + name, { actorTaskId: task.id, triggers: [task.fingerprint] });
        exports[name] = task.id;
      }`);
  }

  const titles = async (): Promise<Record<string, string | null>> =>
    Object.fromEntries(
      (await sandbox.tasks.all()).map(({ name, title }) => [name.replace(/-\w{7}$/, ""), title]),
    );

  it("by --target creates and changes only those", async () => {
    const { emulator, project } = sandbox;
    const urn = (name: string): string =>
      `urn:pulumi:dev::shop::${typeToken(shell, "Task")}::${name}`;
    declare("One");
    await succeeds(project.up("--target", urn("chosen")));
    assert.deepEqual(writesOf(emulator), ["POST /v2/actor-tasks 201"]);
    assert.deepEqual(await titles(), { chosen: "One" });
    await succeeds(project.up());
    assert.equal(emulator.runs().length, 2);

    declare("Two");
    await succeeds(project.up("--target", urn("chosen")));
    assert.deepEqual(await titles(), { chosen: "Two", "left-out": "One" });
    declare("Three");
    await succeeds(project.up("--exclude", urn("left-out")));
    assert.deepEqual(await titles(), { chosen: "Three", "left-out": "One" });
    await succeeds(project.up());
    assert.deepEqual(await titles(), { chosen: "Three", "left-out": "Three" });
    assert.equal(emulator.runs().length, 2);
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
  });
});

describeEngine("engine: Task.get", { sandboxPer: "suite" }, (sandbox) => {
  it("gives the outputs of a task, and never changes or deletes it", async () => {
    const { emulator, project, tasks } = sandbox;
    const input = { items: [{ price: 1 }] };
    const task = await tasks.create({ actId: "janedoe~obedient", name: "by-others", input });
    emulator.clearRequests();
    project.program(`
      const scraper = apify.Task.get("scraper", "${task.id}");
      const prices = new apify.TaskRun("prices", {
        actorTaskId: scraper.id, triggers: [scraper.fingerprint],
      });
      exports.name = scraper.name;
      exports.actId = scraper.actId;
      exports.username = scraper.username;
      exports.items = apify.datasetItems(prices.defaultDatasetId);`);
    await succeeds(project.up());
    assert.deepEqual(await project.outputs(), {
      name: "by-others",
      actId: task.actId,
      username: "janedoe",
      items: input.items,
    });
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
    assert.deepEqual(await tasks.get(task.id), task);
  });

  it("names the id when there is no such task", async () => {
    const { project } = sandbox;
    project.program('apify.Task.get("scraper", "NoSuchTask1234567");');
    const output = await fails(project.up());
    assert.match(output, /error: Task NoSuchTask1234567 was not found on Apify\. Check the id/);
    assert.doesNotMatch(output, /\bat .*\.js:\d+/);
    assert.deepEqual(await project.tasks(), []);
  });
});
