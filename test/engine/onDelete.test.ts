import assert from "node:assert/strict";
import { succeeds, writesOf } from "./support/acceptance";
import { deletionsOf, pathsOf } from "./support/deletions";
import { describeEngine } from "./support/describeEngine";
import type { Run } from "../../emulator";

const policies = ["abort", "keep", "purge"] as const;
const conditions = ["finished", "running", "gone"] as const;

type Policy = (typeof policies)[number];
type Condition = (typeof conditions)[number];

describeEngine("engine: what onDelete does to a run", { sandboxPer: "suite" }, (sandbox) => {
  const runs = new Map<string, Run>();

  /** One resource for each policy and condition, deployed and destroyed together. */
  before(async () => {
    const { emulator, project } = sandbox;
    const resources = policies.flatMap((onDelete) =>
      conditions.map((condition) => {
        const run =
          condition === "finished"
            ? { actorTaskId: "janedoe~scrape", input: { items: [{ price: 1 }] } }
            : { actorTaskId: "janedoe~by-hand", waitSecs: 0 };
        const args = JSON.stringify({ ...run, onDelete });
        return `new apify.TaskRun("${onDelete}-${condition}", ${args});`;
      }),
    );
    project.program(resources.join("\n"));
    await succeeds(project.up());
    for (const { name, id } of await project.taskRuns()) {
      const run = emulator.run(String(id));
      assert.ok(run, name);
      runs.set(name, run);
      if (name.endsWith("-gone")) emulator.expireRun(run.id);
    }
    assert.equal(runs.size, policies.length * conditions.length);
    emulator.clearRequests();
    await succeeds(project.destroy());
    assert.deepEqual(await project.taskRuns(), []);
  });

  function runOf(policy: Policy, condition: Condition): Run {
    const run = runs.get(`${policy}-${condition}`);
    assert.ok(run);
    return run;
  }

  /** What was asked for, in an order that does not depend on which of several deletions came first. */
  function writesFor(run: Run): readonly string[] {
    const paths = pathsOf(run);
    const own = writesOf(sandbox.emulator).filter((write) =>
      paths.some((path) => write.includes(path)),
    );
    return [
      ...own.filter((write) => !write.startsWith("DELETE")),
      ...paths.flatMap((path) => own.filter((write) => write.startsWith(`DELETE ${path} `))),
    ];
  }

  function hasData(run: Run): boolean {
    return sandbox.emulator.record(run.defaultKeyValueStoreId, "INPUT") !== undefined;
  }

  for (const policy of ["abort", "keep"] as const) {
    it(`"${policy}" leaves a run that has finished alone`, () => {
      const run = runOf(policy, "finished");
      assert.deepEqual(writesFor(run), []);
      assert.equal(sandbox.emulator.run(run.id)?.status, "SUCCEEDED");
      assert.deepEqual(sandbox.emulator.dataset(run.defaultDatasetId), [{ price: 1 }]);
      assert.ok(hasData(run));
    });
  }

  it('"abort" stops a run that is going, and leaves its data', () => {
    const run = runOf("abort", "running");
    assert.deepEqual(writesFor(run), [`POST /v2/actor-runs/${run.id}/abort 200`]);
    assert.equal(sandbox.emulator.run(run.id)?.status, "ABORTED");
    assert.ok(hasData(run));
  });

  it('"keep" lets a run that is going go on', () => {
    const run = runOf("keep", "running");
    assert.deepEqual(writesFor(run), []);
    assert.equal(sandbox.emulator.run(run.id)?.status, "RUNNING");
  });

  it('"keep" is done with a run that is gone', () => {
    assert.deepEqual(writesFor(runOf("keep", "gone")), []);
  });

  it('"abort" stops a run that was going when last seen, even if Apify does not seem to know it', () => {
    const run = runOf("abort", "gone");
    assert.deepEqual(writesFor(run), [`POST /v2/actor-runs/${run.id}/abort 404`]);
  });

  it('"purge" deletes a run that has finished, and its data', () => {
    const run = runOf("purge", "finished");
    assert.deepEqual(writesFor(run), deletionsOf(run, 204));
    assert.equal(sandbox.emulator.run(run.id), undefined);
    assert.deepEqual(sandbox.emulator.dataset(run.defaultDatasetId), []);
    assert.ok(!hasData(run));
  });

  it('"purge" stops a run that is going before it deletes the run and its data', () => {
    const run = runOf("purge", "running");
    const [abort = ""] = writesOf(sandbox.emulator).filter((write) => write.includes(run.id));
    assert.equal(abort, `POST /v2/actor-runs/${run.id}/abort 200`);
    assert.deepEqual(writesFor(run), [abort, ...deletionsOf(run, 204)]);
    assert.equal(sandbox.emulator.run(run.id), undefined);
    assert.ok(!hasData(run));
  });

  it('"purge" looks for what a run that is gone may have left', () => {
    const run = runOf("purge", "gone");
    const abort = `POST /v2/actor-runs/${run.id}/abort 404`;
    assert.deepEqual(writesFor(run), [abort, ...deletionsOf(run, 404)]);
  });

  it("no run is going after a destroy, but those that are to be kept", () => {
    assert.deepEqual(
      sandbox.emulator.liveRuns().map(({ id }) => id),
      [runOf("keep", "running").id],
    );
  });
});
