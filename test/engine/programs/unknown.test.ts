import assert from "node:assert/strict";
import { expectSettled, fails, recorded, startsOf, succeeds } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import { typeToken } from "../../support/shell";
import { diagnosticsOf } from "../support/terminal";
import type { Project } from "../support/project";

describeEngine(
  "a TaskRun whose argument has no value in `up`, because what it comes from was not deployed",
  { sandboxPer: "suite" },
  (sandbox, shell) => {
    const program = (source: string, first = ""): string => `
      const bystander = new apify.TaskRun("bystander", { actorTaskId: "janedoe~scrape", input: { mark: 1 } });
      const source = new apify.TaskRun("source", { actorTaskId: "janedoe~scrape", ${source} });
      const prices = new apify.TaskRun("prices", {
        actorTaskId: "janedoe~scrape-more",
        input: { day: "1", ${first} deep: [{ from: source.defaultDatasetId }], also: bystander.runId },
      });
      exports.items = apify.datasetItems(source.defaultDatasetId);`;
    const urn = (name: string, project = "shop"): string =>
      `urn:pulumi:dev::${project}::${typeToken(shell, "TaskRun")}::${name}`;
    const startsOfPrices = (): number =>
      startsOf(sandbox.emulator).filter(({ pathname }) => pathname.includes("scrape-more")).length;

    beforeEach(() => {
      sandbox.emulator.clearRequests();
    });

    function expectRefused(output: string, path: string): void {
      const lines = diagnosticsOf(output, "prices").join("\n");
      assert.match(lines, /Nothing was started: there is no value for /);
      assert.ok(lines.includes(path), lines);
      assert.match(lines, /--target, --exclude/);
      assert.match(lines, /run `pulumi up` again/);
      assert.equal(lines.split("Nothing was started").length, 2, output);
      assert.doesNotMatch(output, /\bat .*\.js:\d+/);
      assert.equal(startsOfPrices(), 0);
    }

    it("is not started with --target, which Pulumi itself refuses", async () => {
      const { project } = sandbox;
      project.program(program(""));
      const output = await fails(
        project.up("--target", urn("prices"), "--target", urn("bystander")),
      );
      assert.match(output, /not specified in --target list/);
      assert.equal(startsOfPrices(), 0);
    });

    it("is not started when it is new and --target leaves it out", async () => {
      const { emulator, project } = sandbox;
      await succeeds(project.up("--target", urn("bystander")));
      assert.equal(emulator.runs().length, 1);
    });

    it("is not started with --exclude, and is once all is deployed", async () => {
      const { emulator, project } = sandbox;
      expectRefused(await fails(project.up("--exclude", urn("source"))), "input.deep[0].from");
      await succeeds(project.up());
      assert.equal(startsOfPrices(), 1);
      await expectSettled(emulator, project);
      assert.doesNotMatch(await project.exportState(), /__unknownArguments/);
    });

    it("does not fail, and does not change, when --target leaves it out", async () => {
      const { emulator, project } = sandbox;
      project.program(program("triggers: [1]"));
      await succeeds(project.up("--target", urn("source")));
      emulator.clearRequests();
      await succeeds(project.up());
      assert.equal(startsOfPrices(), 1);
      await expectSettled(emulator, project);
    });

    it("is not started with --continue-on-error, and keeps its run", async () => {
      const { project, openProject } = sandbox;
      const { id } = await recorded(project);
      project.program(program("input: { exitCode: 4 }", "more: 1,"));
      const failed = await fails(project.up("--continue-on-error"));
      assert.equal(startsOfPrices(), 0, failed);
      assert.equal((await recorded(project)).id, id);

      const afresh = await openProject("afresh");
      afresh.program(program("input: { exitCode: 3 }"));
      const output = await fails(afresh.up("--continue-on-error"));
      assert.equal(startsOfPrices(), 0, output);
    });

    it("is not started with the output of another stack whose last deployment failed", async () => {
      const { emulator, openProject } = sandbox;
      const producer = await openProject("producer");
      const project = await openProject("consumer");
      const produce = (exitCode: number): void => {
        producer.program(`
          const source = new apify.TaskRun("source", {
            actorTaskId: "janedoe~scrape", input: { exitCode: ${exitCode} },
          });
          exports.datasetId = source.defaultDatasetId;`);
      };
      const consume = (day: string): void => {
        project.program(`
          const producer = new pulumi.StackReference("organization/producer/dev");
          new apify.TaskRun("prices", {
            actorTaskId: "janedoe~scrape-more",
            input: { day: "${day}", from: producer.getOutput("datasetId") },
          });`);
      };
      produce(0);
      await succeeds(producer.up());
      consume("1");
      await succeeds(project.up());
      assert.equal(startsOfPrices(), 1);
      produce(1);
      await fails(producer.up("--continue-on-error"));
      emulator.clearRequests();
      for (const day of ["1", "2"]) {
        consume(day);
        expectRefused(await fails(project.up()), "input.from");
      }
      produce(0);
      await succeeds(producer.up());
      emulator.clearRequests();
      await succeeds(project.up());
      assert.equal(startsOfPrices(), 1);
    });

    describe("of a stack that was never deployed", () => {
      let project: Project;

      before(async () => {
        project = await sandbox.openProject("new");
      });

      async function expectRefusedWithout(dependent: string, path: string): Promise<void> {
        project.program(`
          const source = new apify.TaskRun("source", { actorTaskId: "janedoe~scrape" });
          ${dependent}`);
        expectRefused(await fails(project.up("--exclude", urn("source", "new"))), path);
      }

      for (const [what, args, path] of [
        ["a required argument", "actorTaskId: from", "actorTaskId"],
        [
          "a property that is checked",
          'actorTaskId: "janedoe~scrape-more", webhooks: [{ eventTypes: ["ACTOR.RUN.FAILED"], requestUrl: from }]',
          "webhooks[0].requestUrl",
        ],
        ["adoptRunId", 'actorTaskId: "janedoe~scrape-more", adoptRunId: from', "adoptRunId"],
        ["triggers", 'actorTaskId: "janedoe~scrape-more", triggers: [1, from]', "triggers[1]"],
        [
          "a secret",
          'actorTaskId: "janedoe~scrape-more", input: { from: pulumi.secret(from) }',
          "input.from",
        ],
        [
          "a text that is made of it",
          'actorTaskId: "janedoe~scrape-more", input: pulumi.interpolate`${from}`.apply((text) => ({ text }))',
          "input",
        ],
      ] as const) {
        it(`is not started without ${what}`, async () => {
          await expectRefusedWithout(
            `const from = source.defaultDatasetId; new apify.TaskRun("prices", { ${args} });`,
            path,
          );
        });
      }

      it("is not started with data that a program reads from what was not deployed", async () => {
        await expectRefusedWithout(
          `const items = apify.datasetItems(source.defaultDatasetId);
        new apify.TaskRun("prices", { actorTaskId: "janedoe~scrape-more", input: { items } });`,
          "input.items",
        );
      });
    });
  },
);
