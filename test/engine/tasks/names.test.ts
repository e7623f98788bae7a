import assert from "node:assert/strict";
import { expectSettled, fails, recordedTask, succeeds, writesOf } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import { diagnosticsOf } from "../support/terminal";
import type { SavedTask } from "../support/taskAccess";

const actor = "janedoe/obedient";

describeEngine("engine: a task that exists already", { sandboxPer: "suite" }, (sandbox) => {
  let existing: SavedTask;
  let other: SavedTask;

  function declare(args: object): void {
    const all = { actorId: actor, title: "Declared", ...args };
    sandbox.project.program(`
      const scraper = new apify.Task("scraper", ${JSON.stringify(all)});
      exports.taskId = scraper.id;
      exports.name = scraper.name;`);
  }

  before(async () => {
    const { emulator, tasks } = sandbox;
    const actId = "janedoe~obedient";
    existing = await tasks.create({ actId, name: "taken", title: "By hand", input: { a: 1 } });
    other = await tasks.create({ actId: "janedoe~by-hand", name: "other" });
    emulator.clearRequests();
  });

  it("is not overwritten by one of its name, and the error says how to take it over", async () => {
    const { emulator, project, tasks } = sandbox;
    declare({ name: "taken" });
    const output = await fails(project.up());
    const text = diagnosticsOf(output, "scraper", "Task").join("\n");
    assert.match(text, /No task was created: the account already has a task named "taken"/);
    assert.ok(text.includes(`set \`adoptTaskId: "${existing.id}"\``), output);
    assert.deepEqual(writesOf(emulator), []);
    assert.deepEqual(await tasks.get(existing.id), existing);
  });

  it("is not adopted if it is missing, or a task of another Actor", async () => {
    const { emulator, project } = sandbox;
    const missing = "NoSuchTask1234567";
    const args = (adoptTaskId: string): string => JSON.stringify({ actorId: actor, adoptTaskId });
    project.program(`
      new apify.Task("missing", ${args(missing)});
      new apify.Task("other", ${args(other.id)});`);
    const output = await fails(project.up("--continue-on-error"));
    assert.match(
      diagnosticsOf(output, "missing", "Task").join("\n"),
      new RegExp(`Task ${missing} \\(\`adoptTaskId\`\\) cannot be adopted: it does not exist`),
    );
    assert.match(
      diagnosticsOf(output, "other", "Task").join("\n"),
      /cannot be adopted: it is a task of Actor \w+, but `actorId` is "janedoe~obedient"/,
    );
    assert.deepEqual(writesOf(emulator), []);
  });

  it("is taken over with adoptTaskId, and only what is declared is put into it", async () => {
    const { emulator, project, tasks } = sandbox;
    emulator.clearRequests();
    declare({ adoptTaskId: existing.id });
    await succeeds(project.up());
    assert.deepEqual(writesOf(emulator), [`PUT /v2/actor-tasks/${existing.id} 200`]);
    const { title, name, input } = await tasks.get(existing.id);
    assert.deepEqual({ title, name, input }, { title: "Declared", name: "taken", input: { a: 1 } });
    assert.deepEqual(await project.outputs(), { taskId: existing.id, name: "taken" });
    await expectSettled(emulator, project);
  });

  it("stays the resource's own when adoptTaskId is removed", async () => {
    const { emulator, project } = sandbox;
    emulator.clearRequests();
    declare({});
    await succeeds(project.up());
    assert.deepEqual(writesOf(emulator), []);
    assert.equal((await recordedTask(project, "scraper")).id, existing.id);
    assert.deepEqual(await project.outputs(), { taskId: existing.id, name: "taken" });
    await expectSettled(emulator, project);
  });

  it("refuses to be renamed to the name of another one, and stays as it is", async () => {
    const { project, tasks } = sandbox;
    declare({ name: "other", title: "Not this either" });
    const output = await fails(project.up());
    assert.match(
      diagnosticsOf(output, "scraper", "Task").join("\n"),
      /was not changed: the account already has a task named "other"\. Choose another `name`/,
    );
    const { name, title } = await tasks.get(existing.id);
    assert.deepEqual({ name, title }, { name: "taken", title: "Declared" });
  });
});

describeEngine("engine: mistakes in a task", { sandboxPer: "suite" }, (sandbox) => {
  it("are shown by the preview if the Actor is unknown, and explained by the up", async () => {
    const { emulator, project, tasks } = sandbox;
    project.program('new apify.Task("scraper", { actorId: "janedoe/nobody" });');
    const preview = await succeeds(project.run(["preview"]));
    assert.deepEqual(diagnosticsOf(preview, "scraper", "Task"), [
      "Actor janedoe~nobody was not found: it does not exist, or the token's account cannot see it.",
    ]);
    const output = await fails(project.up());
    const text = diagnosticsOf(output, "scraper", "Task").join("\n");
    assert.match(text, /No task was created\. .*404/);
    assert.match(text, /Check `actorId` "janedoe~nobody"/);
    assert.doesNotMatch(output, /\bat .*\.js:\d+/);
    assert.deepEqual(await tasks.all(), []);
    assert.deepEqual(await project.tasks(), []);
    assert.equal(emulator.runs().length, 0);
  });

  it("are all reported at once, before anything is created", async () => {
    const { emulator, project } = sandbox;
    emulator.clearRequests();
    project.program(`
      new apify.Task("fine", { actorId: "${actor}" });
      new apify.Task("wrong", {
        actorId: "no actor",
        name: "-x",
        title: 5,
        description: false,
        input: [1],
        options: { memoryMbytes: 100, timeoutSecs: -1, speed: 9 },
        actorStandby: { isEnabled: "yes" },
        onDelete: "purge",
        adoptTaskId: "janedoe/scrape",
        account: "nobody",
        actorTaskId: "x",
      });`);
    const output = await fails(project.run(["preview"]));
    for (const property of [
      "actorId",
      "name",
      "title",
      "description",
      "input",
      "options.memoryMbytes",
      "options.timeoutSecs",
      "options.speed",
      "actorStandby.isEnabled",
      "onDelete",
      "adoptTaskId",
      "actorTaskId",
    ]) {
      assert.match(output, new RegExp(`\\b${property.replace(".", "\\.")}\\b`), property);
    }
    assert.match(output, /nobody/);
    assert.deepEqual(writesOf(emulator), []);
  });
});
