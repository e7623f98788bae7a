import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  fails,
  recorded,
  recordedRun,
  startsOf,
  succeeds,
  writesOf,
} from "./support/acceptance";
import { deletionsOf } from "./support/deletions";
import { describeEngine } from "./support/describeEngine";
import type { Run } from "../../emulator";

/** Declares a TaskRun that delivers one item. */
function declare(args: object, name = "prices"): string {
  const all = { actorTaskId: "janedoe~scrape", input: { items: [{ price: 1 }] }, ...args };
  return `new apify.TaskRun("${name}", ${JSON.stringify(all)});`;
}

describeEngine("engine: when onDelete counts", { sandboxPer: "suite" }, (sandbox) => {
  const live = declare({ actorTaskId: "janedoe~by-hand", waitSecs: 0 });

  for (const how of ["--refresh", "--run-program", "--refresh --run-program"]) {
    it(`a destroy ${how} stops a run that is going`, async () => {
      const { emulator, project } = sandbox;
      project.program(live);
      await succeeds(project.up());
      assert.equal(emulator.liveRuns().length, 1);
      await succeeds(project.destroy(...how.split(" ")));
      assert.deepEqual(emulator.liveRuns(), []);
    });
  }

  it("an up --refresh stops the run of a resource that the program no longer declares", async () => {
    const { emulator, project } = sandbox;
    project.program(live);
    await succeeds(project.up());
    assert.equal(emulator.liveRuns().length, 1);
    project.program("");
    await succeeds(project.up("--refresh"));
    assert.deepEqual(emulator.liveRuns(), []);
  });

  describe("when it is changed alone", () => {
    let old: Readonly<Record<"prices" | "stock", Run>>;

    before(async () => {
      const { emulator, project } = sandbox;
      project.program(declare({ onDelete: "keep" }) + declare({ onDelete: "purge" }, "stock"));
      await succeeds(project.up());
      old = {
        prices: await recordedRun(project, "prices"),
        stock: await recordedRun(project, "stock"),
      };
      emulator.clearRequests();
      project.program(declare({ onDelete: "purge" }) + declare({}, "stock"));
    });

    it("asks Apify for nothing", async () => {
      const { emulator, project } = sandbox;
      const { steps } = await project.preview();
      assert.deepEqual(steps.map(({ op, urn }) => [op, urn.split("::").at(-1)]).sort(), [
        ["update", "prices"],
        ["update", "stock"],
      ]);
      const output = await succeeds(project.up());
      assert.match(output, /TaskRun prices updated .*\[diff: ~onDelete\]/);
      assert.deepEqual(emulator.requests, []);
      const { id, inputs, outputs } = await recorded(project);
      assert.deepEqual([id, inputs.onDelete, outputs.onDelete], [old.prices.id, "purge", "purge"]);
      assert.deepEqual(await recordedRun(project), old.prices);
      await expectSettled(emulator, project);
    });

    it("is back at its default when it is left out", async () => {
      assert.equal((await recorded(sandbox.project, "stock")).outputs.onDelete, undefined);
    });

    it("counts at the destroy", async () => {
      const { emulator, project } = sandbox;
      emulator.clearRequests();
      await expectDestroyed(emulator, project);
      assert.deepEqual([...writesOf(emulator)].sort(), [...deletionsOf(old.prices, 204)].sort());
      assert.equal(emulator.run(old.prices.id), undefined);
      assert.equal(emulator.run(old.stock.id)?.status, "SUCCEEDED");
    });
  });

  it("a replacement purges the old run only after the new one has succeeded", async () => {
    const { emulator, project } = sandbox;
    project.program(declare({ onDelete: "purge" }));
    await succeeds(project.up());
    const old = await recordedRun(project);

    // A new run that fails costs the old one nothing.
    project.program(declare({ onDelete: "purge", input: { exitCode: 3 } }));
    await fails(project.up());
    assert.equal((await recordedRun(project)).id, old.id);
    assert.deepEqual(emulator.dataset(old.defaultDatasetId), [{ price: 1 }]);

    emulator.clearRequests();
    project.program(declare({ onDelete: "purge", actorTaskId: "janedoe~by-hand" }));
    const up = project.start(["up", "--yes", "--skip-preview"]);
    const { id } = await emulator.whenRun(({ status }) => status === "RUNNING");
    await up.shows(`Run ${id} started`);
    assert.equal(emulator.run(old.id)?.status, "SUCCEEDED");
    assert.deepEqual(emulator.dataset(old.defaultDatasetId), [{ price: 1 }]);
    emulator.finish(id);
    await succeeds(up.ended);

    const [start, ...deletions] = writesOf(emulator);
    assert.equal(start, "POST /v2/actor-tasks/janedoe~by-hand/runs 201");
    assert.deepEqual([...deletions].sort(), [...deletionsOf(old, 204)].sort());
    assert.equal(emulator.run(old.id), undefined);
    assert.equal((await recordedRun(project)).id, id);

    await expectDestroyed(emulator, project);
    assert.equal(emulator.run(id), undefined);
  });

  it("a purge that Apify refuses says what is left, and the next destroy does the rest", async () => {
    const { emulator, project } = sandbox;
    project.program(declare({ onDelete: "purge" }));
    await succeeds(project.up());
    const run = await recordedRun(project);
    emulator.clearRequests();
    emulator.faults.inject({
      endpoint: "deleteStorage",
      fault: {
        kind: "answer",
        work: "none",
        status: 403,
        type: "forbidden",
        message: "Not for this token",
      },
      times: Infinity,
      when: ({ pathname }) => pathname.startsWith("/v2/datasets/"),
    });
    const output = await fails(project.destroy());
    assert.ok(output.includes(`Not all data of run ${run.id} could be deleted`), output);
    const { defaultDatasetId } = run;
    const left = `datasets/${defaultDatasetId}: Apify answered 403 forbidden to DELETE /v2/datasets/${defaultDatasetId}: Not for this token`;
    assert.ok(output.includes(left), output);
    assert.ok(!output.includes(`key-value-stores/${run.defaultKeyValueStoreId}`), output);
    assert.equal((await recordedRun(project)).id, run.id);
    assert.deepEqual(emulator.dataset(defaultDatasetId), [{ price: 1 }]);
    emulator.faults.clear();

    await expectDestroyed(emulator, project);
    assert.deepEqual(emulator.dataset(defaultDatasetId), []);
    assert.deepEqual(startsOf(emulator), []);
  });
});
