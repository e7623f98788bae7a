import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, fails, succeeds, writesOf } from "./support/acceptance";
import { deletionsOf } from "./support/deletions";
import { describeEngine } from "./support/describeEngine";
import type { Run } from "../../emulator";

const startOf = (task: string): string => `POST /v2/actor-tasks/janedoe~${task}/runs 201`;

describeEngine(
  'engine: onDelete "purge" where the old resource is deleted first',
  { sandboxPer: "test" },
  (sandbox) => {
    /** Declares `prices`, which delivers one item with this price, or fails. */
    function declare(price: number | "none", opts: string, name = "prices", more = ""): void {
      const { project } = sandbox;
      const orders = price === "none" ? { exitCode: 3 } : { items: [{ price }] };
      const args = { actorTaskId: "janedoe~scrape", input: orders, onDelete: "purge" };
      project.program(`
        const prices = new apify.TaskRun("${name}", ${JSON.stringify(args)}, ${opts});
        exports.datasetId = prices.defaultDatasetId;
        ${more}`);
    }

    /** Refuses every start until it is called off. */
    function refuseStarts(): () => void {
      const { emulator } = sandbox;
      return emulator.use(({ method, pathname }, { response }) => {
        if (method !== "POST" || !pathname.endsWith("/runs")) return "pass";
        response.writeHead(403, { "Content-Type": "application/json" });
        response.end(JSON.stringify({ error: { type: "forbidden", message: "Not today" } }));
        return "handled";
      });
    }

    /** The run, all of whose data can still be read. */
    function expectKept(run: Run, price = 1): void {
      const { emulator } = sandbox;
      assert.equal(emulator.run(run.id)?.status, "SUCCEEDED");
      assert.deepEqual(emulator.dataset(run.defaultDatasetId), [{ price }]);
      assert.ok(emulator.record(run.defaultKeyValueStoreId, "INPUT") !== undefined);
    }

    function expectPurged(run: Run): void {
      const { emulator } = sandbox;
      assert.equal(emulator.run(run.id), undefined);
      assert.deepEqual(emulator.dataset(run.defaultDatasetId), []);
    }

    async function urnOf(name: string): Promise<string> {
      const { project } = sandbox;
      const found = (await project.taskRuns()).find((each) => each.name === name);
      return found?.urn ?? assert.fail();
    }

    function onlyRun(): Run {
      const { emulator } = sandbox;
      const [run, ...others] = emulator.runs();
      assert.deepEqual(others, []);
      return run ?? assert.fail();
    }

    const keptUntil = (run: Run): string =>
      `Run ${run.id} and its data are not purged yet (\`onDelete: "purge"\`)`;
    const stays = (run: Run): string =>
      `Run ${run.id} and its data are not purged (\`onDelete: "purge"\`), because`;

    it("keeps the data while reruns fail, and purges it once the new run has delivered", async () => {
      const { emulator, project } = sandbox;
      declare(1, "{ deleteBeforeReplace: true }");
      await succeeds(project.up());
      const old = onlyRun();

      emulator.clearRequests();
      declare(2, "{ deleteBeforeReplace: true }");
      const output = await succeeds(project.up());
      assert.ok(output.includes(keptUntil(old)), output);
      const [start, ...deletions] = writesOf(emulator);
      assert.equal(start, startOf("scrape"));
      assert.deepEqual([...deletions].sort(), [...deletionsOf(old, 204)].sort());
      expectPurged(old);
      const second = onlyRun();

      emulator.clearRequests();
      declare("none", "{ deleteBeforeReplace: true }");
      const failure = await fails(project.up());
      assert.deepEqual(writesOf(emulator), [startOf("scrape")]);
      expectKept(second, 2);
      assert.ok(failure.includes(stays(second)), failure);
      assert.equal((await project.outputs()).datasetId, second.defaultDatasetId);

      declare(3, "{ deleteBeforeReplace: true }");
      await succeeds(project.up());
      expectKept(second, 2);
      await expectSettled(emulator, project);
      await expectDestroyed(emulator, project);
    });

    for (const how of ["--replace", "--target-replace"]) {
      it(`keeps the data when \`up ${how}\` fails, and purges it when that delivers`, async () => {
        const { project } = sandbox;
        declare(1, "{ deleteBeforeReplace: true }");
        await succeeds(project.up());
        const old = onlyRun();
        const urn = await urnOf("prices");

        const output = await succeeds(project.up(how, urn));
        assert.ok(output.includes(keptUntil(old)), output);
        assert.doesNotMatch(output, /Starting another run/);
        expectPurged(old);
        const second = onlyRun();

        const allow = refuseStarts();
        const failure = await fails(project.up(how, urn));
        allow();
        assert.ok(failure.includes(stays(second)), failure);
        expectKept(second);
      });
    }

    it("purges what is deleted first, and what depends on it, once both have delivered, and neither while one fails", async () => {
      const { emulator, project } = sandbox;
      const dependent = `
        new apify.TaskRun("report", {
          actorTaskId: "janedoe~scrape-more",
          input: { items: [{ price: 1 }], of: prices.runId },
          onDelete: "purge",
        });`;
      declare(1, "{ deleteBeforeReplace: true }", "prices", dependent);
      await succeeds(project.up());
      const olds = emulator.runs();
      assert.equal(olds.length, 2);

      declare(2, "{ deleteBeforeReplace: true }", "prices", dependent);
      await succeeds(project.up());
      for (const old of olds) expectPurged(old);
      const seconds = emulator.runs();
      assert.equal(seconds.length, 2);

      emulator.clearRequests();
      declare("none", "{ deleteBeforeReplace: true }", "prices", dependent);
      const output = await fails(project.up());
      for (const run of seconds) assert.ok(output.includes(keptUntil(run)), output);
      for (const { id } of seconds) assert.equal(emulator.run(id)?.status, "SUCCEEDED");
      assert.deepEqual(writesOf(emulator), [startOf("scrape")]);
    });

    it("keeps the data of a renamed resource whose rerun fails", async () => {
      const { project } = sandbox;
      declare(1, "{ deleteBeforeReplace: true }");
      await succeeds(project.up());
      const old = onlyRun();
      const renamed = '{ deleteBeforeReplace: true, aliases: [{ name: "prices" }] }';
      declare("none", renamed, "better-prices");
      const output = await fails(project.up());
      assert.ok(output.includes(keptUntil(old)), output);
      expectKept(old);
    });

    it("keeps the data for a replacementTrigger and for replaceWith", async () => {
      const { emulator, project } = sandbox;
      const more = (version: number): string => `
        const first = new apify.TaskRun("first", {
          actorTaskId: "janedoe~scrape", input: { items: [{ price: 1 }] }, onDelete: "purge",
        }, { deleteBeforeReplace: true, replacementTrigger: ${version} });
        new apify.TaskRun("second", {
          actorTaskId: "janedoe~scrape-more", input: { items: [{ price: 1 }] }, onDelete: "purge",
        }, { deleteBeforeReplace: true, replaceWith: [first] });`;
      project.program(more(1));
      await succeeds(project.up());
      const olds = emulator.runs();
      assert.equal(olds.length, 2);

      const allow = refuseStarts();
      project.program(more(2));
      const output = await fails(project.up());
      allow();
      assert.doesNotMatch(output, /Starting another run/);
      for (const old of olds) expectKept(old);
    });

    it("purges what the program no longer has, and what is destroyed, at once", async () => {
      const { emulator, project } = sandbox;
      declare(1, "{ deleteBeforeReplace: true }");
      await succeeds(project.up());
      const old = onlyRun();
      emulator.clearRequests();
      declare(2, "{ deleteBeforeReplace: true }", "other-prices");
      await succeeds(project.up());
      const [start, ...deletions] = writesOf(emulator);
      assert.equal(start, startOf("scrape"));
      assert.deepEqual([...deletions].sort(), [...deletionsOf(old, 204)].sort());

      const other = onlyRun();
      emulator.clearRequests();
      await succeeds(project.destroy("--run-program"));
      assert.deepEqual([...writesOf(emulator)].sort(), [...deletionsOf(other, 204)].sort());
    });
  },
);
