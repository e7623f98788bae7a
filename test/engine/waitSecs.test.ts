import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  fails,
  recorded,
  recordedRun,
  startsOf,
  succeeds,
} from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";

describeEngine("engine: how long a TaskRun waits", { sandboxPer: "suite" }, (sandbox) => {
  it("is not at all with waitSecs 0, and a larger value later waits for the same run", async () => {
    const { emulator, project } = sandbox;
    const program = (waitSecs: number): string => `
      const run = new apify.TaskRun("run", { actorTaskId: "janedoe~by-hand", waitSecs: ${waitSecs} });
      exports.status = run.status;`;
    project.program(program(0));
    await succeeds(project.up());
    const [started] = emulator.liveRuns();
    assert.ok(started);
    const { status } = await project.outputs();
    assert.ok(status === "READY" || status === "RUNNING", String(status));
    assert.equal(emulator.writes().length, 1);

    emulator.clearRequests();
    await succeeds(project.up("--expect-no-changes"));
    assert.deepEqual(emulator.requests, []);

    project.program(program(120));
    const stop = emulator.use(({ path }) => {
      if (path.includes("waitForFinish=")) emulator.finish(started.id, { statusMessage: "Done" });
      return "pass";
    });
    const output = await succeeds(project.up());
    stop();
    assert.match(output, new RegExp(`Resuming the wait for run ${started.id}: https://`));
    assert.deepEqual(emulator.writes(), []);
    assert.deepEqual(
      (await project.taskRuns()).map(({ id }) => id),
      [started.id],
    );
    assert.deepEqual(await project.outputs(), { status: "SUCCEEDED" });
    await expectDestroyed(emulator, project);
  });

  it("is bounded by waitSecs, and the next `up` waits for the same run", async () => {
    const { emulator, project } = sandbox;
    project.program(`
      const run = new apify.TaskRun("run", { actorTaskId: "janedoe~by-hand-too", waitSecs: 0.1 });
      exports.runId = run.runId;`);
    emulator.clearRequests();
    const output = await fails(project.up());
    const { id, initErrors } = await recorded(project, "run");
    assert.ok(output.includes(`Run ${id} is still running; stopped waiting`), output);
    assert.ok(output.includes("the limit of 0.1 s that"), output);
    assert.equal(initErrors?.length, 1);
    assert.deepEqual(
      emulator.liveRuns().map((run) => run.id),
      [id],
    );

    emulator.finish(String(id));
    await succeeds(project.up());
    assert.equal(startsOf(emulator).length, 1);
    const { status, ...rest } = await recordedRun(project, "run");
    assert.deepEqual([rest.id, status], [id, "SUCCEEDED"]);
    assert.equal((await recorded(project, "run")).initErrors, undefined);
    assert.equal((await project.outputs()).runId, id);
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
  });
});
