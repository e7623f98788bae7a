import assert from "node:assert/strict";
import { resolve } from "node:path";
import { expectDestroyed, expectSettled, startsOf } from "../support/acceptance";
import { describeExample } from "../support/example";
import { installPackages, npmEnvironment } from "../support/npm";
import { readWorkflow, runJob, type Ran } from "../support/workflow";

const workflow = readWorkflow(
  resolve(__dirname, "../../../examples/github-actions/.github/workflows/data-refresh.yml"),
);

const check = "Is the data stale?";
const rerun = "Run the task again";

describeExample(
  "github-actions",
  (example) => {
    before(() => {
      installPackages(example.project.folder);
    });

    async function run(): Promise<Ran> {
      example.emulator.clearRequests();
      const secrets = { APIFY_TOKEN: "emulator-token" };
      const ran = await runJob(example.project, workflow, { job: "refresh", secrets });
      for (const [name, { code, output }] of ran) assert.equal(code, 0, `${name}:\n${output}`);
      return ran;
    }

    const outputOf = (ran: Ran, step: string): string => ran.get(step)?.output ?? "";

    it("is a workflow that a schedule starts, and everybody who may by hand", () => {
      assert.equal(workflow.on.schedule.length, 1);
      assert.ok("workflow_dispatch" in workflow.on);
    });

    it("runs the task when there is no data yet", async () => {
      const ran = await run();
      assert.deepEqual(
        [...ran.keys()],
        ["Install", "Select the stack", check, rerun, "Show the data"],
      );
      assert.equal(startsOf(example.emulator).length, 1);
    });

    it("finds out that the data has become stale, and runs the task again", async () => {
      await example.age(2 * 24 * 60 * 60 * 1000);
      const ran = await run();
      example.readme.shows("stale", outputOf(ran, check));
      example.readme.shows("again", outputOf(ran, rerun));
      assert.equal(startsOf(example.emulator).length, 1);
    });

    it("leaves fresh data as it is, and shows where it is", async () => {
      const ran = await run();
      example.readme.shows("fresh", outputOf(ran, check));
      assert.equal(ran.has(rerun), false);
      assert.deepEqual(example.emulator.writes(), []);
      const shown = JSON.parse(outputOf(ran, "Show the data")) as unknown;
      assert.deepEqual(shown, await example.project.outputs());
    });

    it("finds out that somebody has edited the task", async () => {
      example.emulator.editTask("janedoe~inventory", { options: { memoryMbytes: 512 } });
      const ran = await run();
      assert.match(outputOf(ran, check), /\[diff: .*trackedTask/);
      assert.equal(startsOf(example.emulator).length, 1);
    });

    it("is settled then, and leaves no run going when it is destroyed", async () => {
      await expectSettled(example.emulator, example.project);
      await expectDestroyed(example.emulator, example.project);
    });
  },
  () => ({
    environment: { APIFY_TOKEN: "emulator-token", ...npmEnvironment() },
  }),
);
