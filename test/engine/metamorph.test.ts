import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, recorded, startsOf, succeeds } from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";

describeEngine(
  "engine: trackBuild of a run that became one of another build",
  { sandboxPer: "test" },
  (sandbox) => {
    it("runs again for a new build of the task's own Actor, and for nothing else, after a metamorph", async () => {
      const { emulator, project } = sandbox;
      project.program(
        'new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand", trackBuild: true });',
      );
      const endNext = async (): Promise<string> => {
        const { id, stats } = await emulator.whenRun(({ status }) => status === "RUNNING");
        emulator.setStatus(id, {
          actId: "TargetActor",
          buildId: "TargetBuild",
          buildNumber: "7.0.1",
          stats: { ...stats, metamorph: 1 },
        });
        emulator.finish(id);
        return id;
      };
      const [first] = await Promise.all([endNext(), succeeds(project.up())]);
      assert.equal((await recorded(project)).id, first);
      await expectSettled(emulator, project);

      emulator.addBuild("janedoe~by-hand", { number: "0.2.1", tags: ["latest"] });
      emulator.clearRequests();
      const [second] = await Promise.all([endNext(), succeeds(project.up())]);
      assert.equal(startsOf(emulator).length, 1);
      assert.equal((await recorded(project)).id, second);
      await expectSettled(emulator, project);
      await expectDestroyed(emulator, project);
    });
  },
);
