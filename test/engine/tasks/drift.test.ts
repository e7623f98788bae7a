import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, succeeds, writesOf } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import { diagnosticsOf } from "../support/terminal";
import type { SavedTask } from "../support/taskAccess";

describeEngine("engine: a task that somebody else edits", { sandboxPer: "suite" }, (sandbox) => {
  const declared = {
    actorId: "janedoe/obedient",
    title: "Prices",
    input: { items: [{ price: 1 }] },
    options: { memoryMbytes: 512 },
    actorStandby: { isEnabled: true },
  };
  const edits = {
    title: "Edited",
    input: { items: [] },
    description: "not declared",
    options: { memoryMbytes: 1024, timeoutSecs: 60 },
    actorStandby: { isEnabled: false, idleTimeoutSecs: 5 },
  };
  let id: string;

  before(async () => {
    const { emulator, project, tasks } = sandbox;
    project.program(`
      const scraper = new apify.Task("scraper", ${JSON.stringify(declared)});
      exports.taskId = scraper.id;`);
    await succeeds(project.up());
    id = String((await project.outputs()).taskId);
    await tasks.edit(id, edits);
    emulator.clearRequests();
  });

  it("is reported by an up, which changes nothing", async () => {
    const { emulator, project } = sandbox;
    const output = await succeeds(project.up());
    assert.deepEqual(diagnosticsOf(output, "scraper", "Task"), [
      `Task ${id} was edited on Apify: \`title\`, \`input\`, \`options\`, \`actorStandby\`. To put the declared values back, run \`pulumi up --refresh\`.`,
    ]);
    assert.deepEqual(writesOf(emulator), []);
  });

  it("is shown by a refresh in the words of the arguments, without what is not declared", async () => {
    const { emulator, project } = sandbox;
    const output = await succeeds(project.refresh("--diff"));
    assert.match(output, /title +: "Prices" => "Edited"/);
    assert.match(output, /memoryMbytes: 512 => 1024/);
    assert.match(output, /isEnabled: true => false/);
    assert.match(output, /- \[0\]: \{/);
    assert.doesNotMatch(output, /not declared|timeoutSecs|idleTimeoutSecs/);
    assert.deepEqual(writesOf(emulator), []);
  });

  it("has the declared values back after the next up, and keeps the others", async () => {
    const { emulator, project, tasks } = sandbox;
    emulator.clearRequests();
    await succeeds(project.up());
    assert.deepEqual(writesOf(emulator), [`PUT /v2/actor-tasks/${id} 200`]);
    const { title, input, description, options, actorStandby }: SavedTask = await tasks.get(id);
    assert.deepEqual(
      { title, input, description, options, actorStandby },
      {
        title: declared.title,
        input: declared.input,
        description: edits.description,
        options: { memoryMbytes: 512, timeoutSecs: 60 },
        actorStandby: { isEnabled: true, idleTimeoutSecs: 5 },
      },
    );
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
  });
});
