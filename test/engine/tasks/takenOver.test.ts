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
import { diagnosticsOf } from "../support/terminal";

describeEngine(
  "engine: a task that a resource takes over from another",
  { sandboxPer: "suite" },
  (sandbox) => {
    function declare(name: string, adoptTaskId?: string, more = ""): void {
      const args = JSON.stringify({ actorId: "janedoe/obedient", title: "Prices", adoptTaskId });
      sandbox.project.program(`const task = new apify.Task("${name}", ${args});${more}`);
    }

    it("is not deleted with the old one, also if that is deleted by a later deployment", async () => {
      const { emulator, project, tasks } = sandbox;
      declare("old");
      await succeeds(project.up());
      const all = await tasks.all();
      const id = all[0]?.id ?? "";
      emulator.clearRequests();

      // The failure keeps Pulumi from its deletions.
      const broken = '{ actorId: "janedoe/nobody" }, { dependsOn: [task] }';
      declare("new", id, `new apify.Task("broken", ${broken});`);
      await fails(project.up());
      assert.equal((await project.tasks()).length, 2);

      declare("new", id);
      const output = await succeeds(project.up());
      assert.deepEqual(diagnosticsOf(output, "old", "Task"), [
        `Task ${id} is kept: another resource of the stack uses it.`,
      ]);
      assert.deepEqual(await tasks.all(), all);
      assert.ok(!writesOf(emulator).some((write) => write.startsWith("DELETE")));
      assert.equal((await project.tasks()).length, 1);
      assert.equal((await recordedTask(project, "new")).id, id);
      await expectSettled(emulator, project);
      await expectDestroyed(emulator, project);
      assert.deepEqual(await tasks.all(), []);
    });
  },
);
