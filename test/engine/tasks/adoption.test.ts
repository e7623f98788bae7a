import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, succeeds, writesOf } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";

describeEngine(
  "engine: a task whose adoptTaskId or account changes",
  { sandboxPer: "test" },
  (sandbox) => {
    it("is left for the one that adoptTaskId names now, and stays where onDelete keeps it", async () => {
      const { emulator, project, tasks } = sandbox;
      const create = (name: string) => tasks.create({ actId: "janedoe~obedient", name });
      const [first, second] = [await create("first"), await create("second")];
      const declare = (adoptTaskId: string): void => {
        const args = { actorId: "janedoe/obedient", adoptTaskId, onDelete: "keep" };
        project.program(`
        const scraper = new apify.Task("scraper", ${JSON.stringify(args)});
        exports.taskId = scraper.id;`);
      };
      declare(first.id);
      await succeeds(project.up());
      emulator.clearRequests();
      declare(second.id);
      await succeeds(project.up());
      assert.deepEqual(writesOf(emulator), []);
      assert.deepEqual(await project.outputs(), { taskId: second.id });
      assert.deepEqual(await tasks.all(), [first, second]);
      await expectSettled(emulator, project);
    });

    it("stays as it is when its account gets another name, which the state then holds", async () => {
      const { emulator, project } = sandbox;
      for (const account of ["one", "other"]) {
        const path = `apify:accounts.${account}.token`;
        await succeeds(
          project.run(["config", "set", "--secret", "--path", path, "apify_api_TokenOfJaneDoe"]),
        );
      }
      const declare = (account: string): void => {
        const args = { actorId: "janedoe/obedient", account };
        project.program(`new apify.Task("scraper", ${JSON.stringify(args)});`);
      };
      declare("one");
      await succeeds(project.up());
      emulator.clearRequests();
      declare("other");
      await succeeds(project.up());
      assert.deepEqual(writesOf(emulator), []);
      await expectSettled(emulator, project);
      await expectDestroyed(emulator, project);
    });
  },
);
