import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, recordedRuns, succeeds } from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";
import type { Emulator } from "../../emulator";

const count = 50;

/** As many TaskRuns of one task with one input. */
const program = `
  for (let number = 0; number < ${count}; number++) {
    new apify.TaskRun("run" + number, {
      actorTaskId: "janedoe~scrape",
      input: { items: [{ title: "the same" }] },
    });
  }`;

describeEngine(
  `${count} TaskRuns of one task with one input`,
  { sandboxPer: "suite" },
  (sandbox) => {
    it(`are ${count} runs, and each is in the state under its own name`, async () => {
      const { project } = sandbox;
      project.program(program);
      await succeeds(project.up("--parallel", String(count)));
      const recorded = await recordedRuns(project);
      assert.equal(recorded.size, count);
      assert.deepEqual([...recorded.values()].sort(), runIds(sandbox.emulator));
    });

    it("stay as they are in a further `up` and in a refresh", async () => {
      const { emulator, project } = sandbox;
      await expectSettled(emulator, project);
      assert.equal(emulator.runs().length, count);
    });

    it("are gone after a destroy, which leaves their finished runs on Apify", async () => {
      const { emulator, project } = sandbox;
      emulator.clearRequests();
      await expectDestroyed(emulator, project);
      assert.deepEqual(emulator.writes(), []);
      assert.equal(emulator.runs().length, count);
    });
  },
);

describeEngine(
  `two projects that deploy ${count} TaskRuns each at the same time`,
  { sandboxPer: "suite" },
  (sandbox) => {
    it(`have ${2 * count} runs, each in one of the states, although all ask for the same`, async () => {
      const { emulator, project, openProject } = sandbox;
      const projects = [project, await openProject("other-shop")];
      for (const project of projects) project.program(program);
      await Promise.all(
        projects.map((project) => succeeds(project.up("--parallel", String(count)))),
      );
      const recorded = await Promise.all(projects.map(recordedRuns));
      assert.deepEqual(
        recorded.map(({ size }) => size),
        [count, count],
      );
      assert.deepEqual(
        recorded.flatMap((runs) => [...runs.values()]).sort(),
        runIds(sandbox.emulator),
      );
      for (const project of projects) await expectDestroyed(emulator, project);
    });
  },
);

describeEngine(`${count} TaskRuns that nobody waits for`, { sandboxPer: "suite" }, (sandbox) => {
  it("are all aborted by a destroy while they are still going", async () => {
    const { emulator, project } = sandbox;
    project.program(`
      for (let number = 0; number < ${count}; number++) {
        new apify.TaskRun("run" + number, { actorTaskId: "janedoe~by-hand", waitSecs: 0 });
      }`);
    await succeeds(project.up("--parallel", String(count)));
    assert.equal(emulator.liveRuns().length, count);
    await expectDestroyed(emulator, project);
    assert.deepEqual(
      emulator.runs().map(({ status }) => status),
      Array<string>(count).fill("ABORTED"),
    );
  });
});

/** The ids of all runs, in order; no two of them are the same. */
function runIds(emulator: Emulator): readonly string[] {
  return emulator
    .runs()
    .map(({ id }) => id)
    .sort();
}
