import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  recordedRuns,
  startsOf,
  succeeds,
  writesOf,
} from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";

/** A task, its run, a run of a task of Apify's, and one with a parent. */
const program = `
  const scraper = new apify.Task("price-scraper", {
    actorId: "janedoe/obedient", input: { items: [{ price: 1 }] },
  });
  const group = new pulumi.ComponentResource("acme:index:Group", "group");
  const prices = new apify.TaskRun("prices", {
    actorTaskId: scraper.id, triggers: [scraper.fingerprint],
  });
  new apify.TaskRun("stock", { actorTaskId: "janedoe~scrape", input: { items: [] } });
  new apify.TaskRun("child", { actorTaskId: "janedoe~scrape" }, { parent: group });
  exports.runId = prices.runId;
  exports.datasetId = prices.defaultDatasetId;
  exports.taskId = scraper.id;`;

const moves = [
  { to: "the native plugin", from: "dynamic", shell: "native" },
  { to: "the dynamic provider", from: "native", shell: "dynamic" },
] as const;

for (const { to, from, shell } of moves) {
  describeEngine(`engine: moving to ${to}`, { sandboxPer: "suite", shells: shell }, (sandbox) => {
    it("is previewed as updates", async () => {
      const { project } = sandbox;
      project.program(program, from);
      await succeeds(project.up());
      project.program(program);
      const { steps } = await project.preview();
      const ops = steps.map(({ op, urn }) => `${op} ${urn.split("::").at(-1) ?? ""}`).sort();
      assert.deepEqual(ops, [
        "update child",
        "update price-scraper",
        "update prices",
        "update stock",
      ]);
    });

    it("starts no run, changes no task, and leaves all outputs as they are", async () => {
      const { emulator, project } = sandbox;
      const [runs, outputs] = [await recordedRuns(project), await project.outputs()];
      emulator.clearRequests();
      await succeeds(project.up());
      assert.deepEqual(writesOf(emulator), []);
      assert.deepEqual(await recordedRuns(project), runs);
      assert.deepEqual(await project.outputs(), outputs);
      await expectSettled(emulator, project);
    });

    it("leaves resources that can be rerun and deleted", async () => {
      const { emulator, project } = sandbox;
      project.program(program.replace("price: 1", "price: 2"));
      emulator.clearRequests();
      await succeeds(project.up());
      assert.equal(startsOf(emulator).length, 1);
      await expectSettled(emulator, project);
      await expectDestroyed(emulator, project);
    });
  });
}

const lost = "engine: a run that a killed up has lost";
describeEngine(lost, { sandboxPer: "test", shells: "dynamic" }, (sandbox) => {
  for (const { to, from, shell } of moves) {
    it(`is found by ${to}`, async () => {
      const { emulator, project } = sandbox;
      const run = 'new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand" });';
      project.program(run, from);
      const command = project.start(["up", "--yes", "--skip-preview"]);
      const { id } = await emulator.whenRun(({ status }) => status === "RUNNING");
      await command.shows(`Run ${id} started`);
      project.killAll();
      await command.ended;
      await project.run(["cancel", "--yes"]);
      project.program(run, shell);
      emulator.clearRequests();
      const next = project.start(["up", "--yes", "--skip-preview"]);
      await next.shows(`Run ${id} found by its run key`);
      emulator.finish(id);
      const { code, output } = await next.ended;
      assert.equal(code, 0, output);
      assert.deepEqual(startsOf(emulator), []);
      assert.equal((await recordedRuns(project)).get("prices"), id);
    });
  }
});
