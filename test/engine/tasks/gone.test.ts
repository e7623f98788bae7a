import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  recordedRun,
  startsOf,
  succeeds,
} from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import { diagnosticsOf } from "../support/terminal";
import type { SavedTask } from "../support/taskAccess";

describeEngine("engine: a task that somebody else deletes", { sandboxPer: "suite" }, (sandbox) => {
  async function onlyTask(): Promise<SavedTask> {
    const [task, ...others] = await sandbox.tasks.all();
    assert.deepEqual(others, []);
    return task ?? assert.fail();
  }

  /** Expects that the next `up` creates the task again and runs it, and that the old data stays. */
  async function expectCreatedAgain(old: SavedTask): Promise<string> {
    const { emulator, project } = sandbox;
    const run = await recordedRun(project);
    emulator.clearRequests();
    const output = await succeeds(project.up());
    const task = await onlyTask();
    assert.notEqual(task.id, old.id);
    assert.deepEqual([task.name, task.input], [old.name, old.input]);
    assert.equal(startsOf(emulator).length, 1);
    assert.equal((await recordedRun(project)).actorTaskId, task.id);
    assert.deepEqual(emulator.dataset(run.defaultDatasetId), [{ price: 1 }]);
    return output;
  }

  it("is created again by the next up, which says so", async () => {
    const { project, tasks } = sandbox;
    project.program(`
      const scraper = new apify.Task("scraper", {
        actorId: "janedoe/obedient", input: { items: [{ price: 1 }] },
      });
      new apify.TaskRun("prices", { actorTaskId: scraper.id, triggers: [scraper.fingerprint] });`);
    await succeeds(project.up());
    const old = await onlyTask();
    await tasks.remove(old.id);
    const output = await expectCreatedAgain(old);
    assert.equal(
      diagnosticsOf(output, "scraper", "Task")[0],
      `Task ${old.id} is no longer on Apify. \`pulumi up\` creates it again, with a new id.`,
    );
  });

  it("is no longer in the state after a refresh, while its run and the data stay", async () => {
    const { emulator, project, tasks } = sandbox;
    const old = await onlyTask();
    const run = await recordedRun(project);
    await tasks.remove(old.id);
    const output = await succeeds(project.refresh());
    assert.deepEqual(diagnosticsOf(output, "scraper", "Task"), [
      `Task ${old.id} is no longer on Apify. The next \`pulumi up\` creates it again, with a new id.`,
    ]);
    assert.deepEqual(await project.tasks(), []);
    assert.deepEqual(await recordedRun(project), run);
    await expectCreatedAgain(old);
    await expectSettled(emulator, project);
  });

  it("counts as deleted in a destroy", async () => {
    const { emulator, project, tasks } = sandbox;
    const { id } = await onlyTask();
    await tasks.remove(id);
    await succeeds(project.destroy());
    assert.deepEqual(await project.tasks(), []);
    assert.deepEqual(emulator.liveRuns(), []);
  });

  it("leaves nothing after a destroy where it was not deleted", async () => {
    const { emulator, project, tasks } = sandbox;
    await succeeds(project.up());
    await expectDestroyed(emulator, project);
    assert.deepEqual(await tasks.all(), []);
  });
});
