import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  recordedRun,
  recordedRuns,
  startsOf,
} from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";

describeEngine(
  "engine: one ^C with the native plugin",
  { sandboxPer: "suite", shells: "native" },
  (sandbox) => {
    function program(input: string): void {
      sandbox.project.program(
        `new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand", input: ${input} });`,
      );
    }

    for (const [what, input] of [
      ["a new run", "{}"],
      ["a rerun", "{ again: true }"],
    ] as const) {
      it(`ends the wait for ${what}, which is recorded as running`, async () => {
        const { emulator, project } = sandbox;
        program(input);
        const command = project.start(["up", "--yes", "--skip-preview"]);
        const { id } = await emulator.whenRun(({ status }) => status === "RUNNING");
        await command.shows(`Run ${id} started`);
        command.signal("SIGINT");
        const { code, output } = await command.ended;
        assert.notEqual(code, 0);
        assert.match(output, new RegExp(`Run ${id} is still running; stopped waiting`));
        assert.deepEqual(await project.pendingOperations(), []);
        const run = await recordedRun(project);
        assert.equal(run.id, id);
        assert.match(run.status, /^(READY|RUNNING)$/);
      });

      it(`lets the next up wait on for ${what}`, async () => {
        const { emulator, project } = sandbox;
        const id = (await recordedRuns(project)).get("prices") ?? "";
        emulator.clearRequests();
        const command = project.start(["up", "--yes", "--skip-preview"]);
        await command.shows(`Resuming the wait for run ${id}`);
        emulator.finish(id);
        const { code, output } = await command.ended;
        assert.equal(code, 0, output);
        assert.deepEqual(startsOf(emulator), []);
        assert.equal((await recordedRun(project)).status, "SUCCEEDED");
        await expectSettled(emulator, project);
      });
    }

    it("leaves nothing behind", async () => {
      const { emulator, project } = sandbox;
      await expectDestroyed(emulator, project);
    });
  },
);
