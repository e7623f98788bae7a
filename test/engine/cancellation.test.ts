import assert from "node:assert/strict";
import { amount, printFigures } from "../support/figures";
import {
  expectDestroyed,
  expectSettled,
  recordedRuns,
  startsOf,
  succeeds,
} from "./support/acceptance";
import { end } from "./support/endings";
import { finishAll, points, programOf, runsOf, stopAtAllPoints } from "./support/points";
import { describeEngine } from "./support/describeEngine";

const rounds = amount({ quick: 1, full: 6 });

// The native plugin does not wait at a first ^C: see native/cancel.test.ts.
const shells = "dynamic";

describeEngine("engine: the first ^C during a wait", { sandboxPer: "suite", shells }, (sandbox) => {
  it("tells in the row of the run that it is waited for, and what another ^C does", async () => {
    const { emulator, project } = sandbox;
    project.program('new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand" });');
    const command = project.start(["up", "--yes", "--skip-preview"]);
    const { id } = await emulator.whenRun(({ status }) => status === "RUNNING");
    await command.shows(`Run ${id} started`);
    command.signal("SIGINT");
    await command.shows(
      `Still waiting for run ${id}; press ^C again to stop waiting. The run itself keeps running, and the next \`pulumi up\` waits for it again.`,
    );
    emulator.finish(id);
    const { code, output } = await command.ended;
    assert.notEqual(code, 0, output);
    assert.equal((await recordedRuns(project)).get("prices"), id);
  });
});

for (const ending of ["^C", "SIGTERM"] as const) {
  const title = `engine: an up that is ended by one ${ending} at five points at once`;
  describeEngine(title, { sandboxPer: "suite", moreByHand: points, shells }, (sandbox) => {
    const counted = { cliKills: 0, doubleStarts: 0, lostRuns: 0 };
    let generation = 0;

    after(() => {
      printFigures(`the real CLI, ended by one ${ending}`, counted);
    });

    for (let round = 1; round <= rounds; round++) {
      it(`waits for the runs of its new resources and records them (${round})`, () =>
        expectAllRecorded());

      it(`waits for the reruns and records them (${round})`, () => expectAllRecorded());

      it(`leaves nothing to do, and after a destroy nothing at all (${round})`, async () => {
        const { emulator, project } = sandbox;
        await expectSettled(emulator, project);
        await expectDestroyed(emulator, project);
      });
    }

    async function expectAllRecorded(): Promise<void> {
      const { emulator, project } = sandbox;
      project.program(programOf(++generation));
      const command = project.start(["up", "--yes", "--skip-preview"]);
      const stopped = await stopAtAllPoints(emulator, command, generation);
      const { code, output } = await end(command, ending, async () => {
        stopped.release();
        await emulator.whenRun(() => runsOf(emulator, "looking", generation).length === 1);
        finishAll(emulator);
      });
      assert.notEqual(code, 0, output);
      assert.match(output, /error: update cancell?ed/);
      assert.deepEqual(await project.pendingOperations(), []);

      const recorded = await recordedRuns(project);
      for (const point of points) {
        const runs = runsOf(emulator, point, generation);
        counted.doubleStarts += Math.max(runs.length - 1, 0);
        counted.lostRuns += runs.filter(({ id }) => id !== recorded.get(point)).length;
        assert.deepEqual(
          runs.map(({ id }) => id),
          [recorded.get(point)],
        );
      }
      counted.cliKills += 1;
      emulator.clearRequests();
      await succeeds(project.up());
      assert.deepEqual(startsOf(emulator), []);
    }
  });
}
