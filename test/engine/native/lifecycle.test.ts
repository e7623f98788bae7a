import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectNoChange,
  expectSettled,
  fails,
  recorded,
  recordedRun,
  startsOf,
  succeeds,
} from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";

describeEngine(
  "engine: a TaskRun of the native plugin",
  { sandboxPer: "suite", shells: "native" },
  (sandbox) => {
    function program(input: string, more = ""): void {
      sandbox.project.program(
        `const prices = new apify.TaskRun("prices", {
        actorTaskId: "janedoe~scrape", input: ${input}, ${more}
      });
      exports.runId = prices.runId;
      exports.status = prices.status;
      exports.datasetId = prices.defaultDatasetId;
      exports.url = prices.consoleUrl;
      exports.usage = prices.usageTotalUsd;`,
      );
    }

    let outputs: Readonly<Record<string, unknown>>;

    it("is run once by the first up, and has the outputs of the dynamic one", async () => {
      const { emulator, project } = sandbox;
      program("{ items: [{ price: 1 }] }");
      const output = await succeeds(project.up());
      outputs = await project.outputs();
      const { id, defaultDatasetId } = await recordedRun(project);
      assert.equal(outputs.runId, id);
      assert.equal(outputs.status, "SUCCEEDED");
      assert.equal(outputs.datasetId, defaultDatasetId);
      assert.match(output, new RegExp(`Run ${id} started: `));
      assert.equal(startsOf(emulator).length, 1);
      assert.equal("defaultDatasetId" in (await recorded(project)).outputs, false);
      await expectSettled(emulator, project);
    });

    it("shows in a preview the path of a changed value, and nothing else", async () => {
      const { project } = sandbox;
      program("{ items: [{ price: 2 }] }");
      const shown = await succeeds(project.run(["preview", "--diff"]));
      assert.match(shown, /~ price: 1 => 2/);
      assert.doesNotMatch(shown, /runJson|defaultDatasetId: "|usage/);
      const { steps } = await project.preview();
      const [create] = steps.filter(({ op }) => op === "replace");
      assert.deepEqual(create?.replaceReasons, ["input"]);
    });

    it("is run again for a changed input", async () => {
      const { emulator, project } = sandbox;
      emulator.clearRequests();
      await succeeds(project.up());
      assert.equal(startsOf(emulator).length, 1);
      assert.notEqual((await project.outputs()).runId, outputs.runId);
      outputs = await project.outputs();
      await expectSettled(emulator, project);
    });

    it("is only updated for another onDelete", async () => {
      const { emulator, project } = sandbox;
      program("{ items: [{ price: 2 }] }", 'onDelete: "keep"');
      emulator.clearRequests();
      const { steps } = await project.preview();
      assert.deepEqual(
        steps.map(({ op, urn }) => [op, urn.split("::").at(-1)]),
        [["update", "prices"]],
      );
      await succeeds(project.up());
      assert.deepEqual(startsOf(emulator), []);
      assert.deepEqual(await project.outputs(), outputs);
      await expectSettled(emulator, project);
    });

    it("keeps the last good run when a rerun fails, and is run again by the next up", async () => {
      const { emulator, project } = sandbox;
      program("{ exitCode: 3 }");
      const output = await fails(project.up());
      assert.match(output, /ended with status FAILED/);
      assert.match(output, /\n {4}The end of its log:\n {6}ACTOR: /);
      assert.doesNotMatch(output, /\n\s+at .*:\d+/);
      assert.deepEqual((await project.outputs()).runId, outputs.runId);
      program("{ items: [] }");
      emulator.clearRequests();
      await succeeds(project.up());
      assert.equal(startsOf(emulator).length, 1);
      await expectSettled(emulator, project);
    });

    it("shows what a refresh finds", async () => {
      const { emulator, project } = sandbox;
      const { id } = await recordedRun(project);
      emulator.setStatus(id, { usageTotalUsd: 0.5 });
      const output = await succeeds(project.refresh());
      assert.match(output, /Changed on Apify: usageTotalUsd/);
      assert.equal((await recordedRun(project)).usageTotalUsd, 0.5);
      await expectNoChange(emulator, project);
    });

    it("leaves nothing behind", async () => {
      const { emulator, project } = sandbox;
      await expectDestroyed(emulator, project);
    });
  },
);
