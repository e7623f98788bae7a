import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  fails,
  recorded,
  recordedRun,
  recordedRuns,
  startsOf,
  succeeds,
  writesOf,
} from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";
import {
  faultAnswers,
  type Emulator,
  type FinishOptions,
  type RecordedRequest,
} from "../../emulator";
import type { Orders } from "./support/sandbox";

/** A program with the TaskRun `prices`, whose run the stack's outputs show. */
function prices(args: object, more = ""): string {
  return `
    const prices = new apify.TaskRun("prices", ${JSON.stringify(args)});
    exports.runId = prices.runId;
    exports.datasetId = prices.defaultDatasetId;
    exports.status = prices.status;
    ${more}`;
}

function scrape(input: Orders): object {
  return { actorTaskId: "janedoe~scrape", input };
}

const byHand = { actorTaskId: "janedoe~by-hand" };

/** Ends the next run as soon as it is there. */
async function endNextRun(emulator: Emulator, ending: FinishOptions): Promise<string> {
  const { id } = await emulator.whenRun(({ status }) => status === "RUNNING");
  emulator.finish(id, ending);
  return id;
}

const badEndings: Readonly<Record<string, Required<FinishOptions>>> = {
  "by-hand": { status: "FAILED", exitCode: 3, statusMessage: "no prices today" },
  "by-hand-too": { status: "TIMED-OUT", exitCode: 143, statusMessage: "it took too long" },
  stopped: { status: "ABORTED", exitCode: 137, statusMessage: "somebody stopped it" },
};

describeEngine(
  "engine: a run that ends badly, or whose wait does",
  { sandboxPer: "test", moreByHand: ["stopped"], shells: "both" },
  (sandbox) => {
    it("is explained when it FAILED, TIMED-OUT or was ABORTED, and nothing is recorded of it", async () => {
      const { emulator, project } = sandbox;
      const tasks = Object.keys(badEndings);
      project.program(
        `${JSON.stringify(tasks)}.forEach((task) => {
        exports[task] = new apify.TaskRun(task, { actorTaskId: "janedoe~" + task }).runId;
      });`,
      );
      const up = project.start(["up", "--yes", "--skip-preview"]);
      await emulator.whenRun(
        () => emulator.runs().filter(({ status }) => status === "RUNNING").length === tasks.length,
      );
      const runs = startsOf(emulator).map(({ pathname }, index) => ({
        ...emulator.runs()[index],
        task: pathname.split("/")[3]?.replace("janedoe~", "") ?? "",
      }));
      for (const { id = "", task } of runs) emulator.finish(id, badEndings[task]);
      const output = await fails(up.ended);
      for (const { id, actorTaskId, task } of runs) {
        const { status, statusMessage, exitCode } = badEndings[task] ?? assert.fail(task);
        const error = `error: Run ${id} ended with status ${status}: ${statusMessage} (exit code ${exitCode})`;
        assert.ok(output.includes(error), output);
        const link = `See https://console.apify.com/actors/tasks/${actorTaskId}/runs/${id}`;
        assert.ok(output.includes(link), output);
        assert.ok(output.includes(`ACTOR: Status of the run: ${status}`), output);
      }
      assert.deepEqual(await project.taskRuns(), []);
      assert.deepEqual(await project.outputs(), {});
      assert.equal(startsOf(emulator).length, tasks.length);
    });

    it("keeps the last good run through failing reruns, and then runs once more", async () => {
      const { emulator, project } = sandbox;
      const dependent = `
        new apify.TaskRun("dependent", {
          actorTaskId: "janedoe~scrape-more",
          input: { of: prices.defaultDatasetId },
        });`;
      project.program(prices(scrape({ items: [{ price: 1 }] }), dependent));
      await succeeds(project.up());
      const good = await project.outputs();
      const before = await project.taskRuns();

      const lines = Array.from({ length: 30 }, (_, index) => `line number ${index + 1}.`);
      for (const exitCode of [3, 4]) {
        emulator.clearRequests();
        const orders = { exitCode, log: lines, message: "the shop is closed" };
        project.program(prices(scrape(orders), dependent));
        const output = await fails(project.up());

        const runId = emulator.runs().at(-1)?.id;
        const first = `Run ${runId} ended with status FAILED: the shop is closed (exit code ${exitCode})`;
        assert.ok(output.includes(first), output);
        const [, tail = ""] = output.split("The end of its log:\n");
        const shown = tail
          .split("\n")
          .slice(0, 11)
          .map((line) => line.trim());
        const explanation = shown.pop() ?? "";
        assert.deepEqual(shown, [...lines.slice(-9), "ACTOR: Status of the run: FAILED"]);
        assert.match(explanation, /^The last good run, if there is one, is kept\./);

        // The dependent did not run, and the last good run is where it was.
        assert.deepEqual(writesOf(emulator), ["POST /v2/actor-tasks/janedoe~scrape/runs 201"]);
        assert.deepEqual(await project.outputs(), good);
        assert.deepEqual(await project.taskRuns(), before);
        assert.deepEqual(emulator.dataset(String(good.datasetId)), [{ price: 1 }]);
      }

      emulator.clearRequests();
      project.program(prices(scrape({ items: [{ price: 2 }] }), dependent));
      await succeeds(project.up());
      assert.deepEqual(writesOf(emulator), [
        "POST /v2/actor-tasks/janedoe~scrape/runs 201",
        "POST /v2/actor-tasks/janedoe~scrape-more/runs 201",
      ]);
      const better = await project.outputs();
      assert.equal(better.runId, (await recorded(project)).id);
      assert.notEqual(better.runId, good.runId);
      assert.deepEqual(emulator.dataset(String(better.datasetId)), [{ price: 2 }]);
      assert.deepEqual(emulator.dataset(String(good.datasetId)), [{ price: 1 }]);
      await expectSettled(emulator, project);
      await expectDestroyed(emulator, project);
    });

    it("waits on for the same run when the run could not be read", async () => {
      const { emulator, project } = sandbox;
      project.program(prices(byHand));
      emulator.faults.inject({
        endpoint: "getRun",
        fault: {
          kind: "answer",
          work: "none",
          status: 403,
          type: "forbidden",
          message: "Not for this token",
        },
        times: Infinity,
      });
      const output = await fails(project.up());
      const { id, initErrors } = await recorded(project);
      assert.ok(output.includes(`Run ${id} is still running; stopped waiting`), output);
      assert.ok(
        output.includes(`Apify answered 403 forbidden to GET /v2/actor-runs/${id}`),
        output,
      );
      assert.equal(initErrors?.length, 1);
      emulator.faults.clear();

      const [ended] = await Promise.all([endNextRun(emulator, {}), succeeds(project.up())]);
      assert.equal(ended, id);
      assert.equal((await recordedRun(project)).status, "SUCCEEDED");
      assert.equal(startsOf(emulator).length, 1);
      await expectSettled(emulator, project);
    });

    it("keeps the old good run in the state until the run that replaces it has succeeded", async () => {
      const { emulator, project } = sandbox;
      project.program(prices(scrape({ items: [{ price: 1 }] })));
      await succeeds(project.up());
      const good = await project.outputs();
      const kept = async (): Promise<unknown> =>
        (await project.taskRuns()).filter((each) => each.delete).map(({ id }) => id);

      // The replacement is alive, and only the wait for it broke.
      project.program(prices({ ...byHand, waitSecs: 1 }));
      await fails(project.up());
      const replacement = await recorded(project);
      assert.deepEqual(await kept(), [good.runId]);
      assert.deepEqual(await project.outputs(), good);

      // It then fails while somebody waits on.
      emulator.finish(String(replacement.id), { exitCode: 5, statusMessage: "no prices today" });
      const output = await fails(project.up());
      const explanation = `Run ${replacement.id} ended with status FAILED: no prices today (exit code 5)`;
      assert.ok(output.includes(explanation), output);
      const failed = await recordedRun(project);
      assert.deepEqual([failed.id, failed.status], [replacement.id, "FAILED"]);
      assert.deepEqual(await kept(), [good.runId]);
      assert.deepEqual(await project.outputs(), good);
      assert.equal(startsOf(emulator).length, 2);

      const preview = await succeeds(project.run(["preview"]));
      assert.match(preview, / \+- \S+TaskRun prices replace /);
      assert.ok(preview.includes(`${explanation}. \`pulumi up\` runs the task again`), preview);

      // The rerun fails as well.
      await Promise.all([endNextRun(emulator, { exitCode: 6 }), fails(project.up())]);
      assert.equal(startsOf(emulator).length, 3);
      assert.ok((await project.taskRuns()).some(({ id }) => id === good.runId));
      assert.deepEqual(await project.outputs(), good);

      // And the one after that succeeds.
      const [last] = await Promise.all([endNextRun(emulator, {}), succeeds(project.up())]);
      assert.equal(startsOf(emulator).length, 4);
      assert.deepEqual(
        (await project.taskRuns()).map(({ id }) => id),
        [last],
      );
      assert.equal((await project.outputs()).runId, last);
      assert.deepEqual(emulator.dataset(String(good.datasetId)), [{ price: 1 }]);
      assert.deepEqual(
        writesOf(emulator).filter((write) => !write.startsWith("POST /v2/actor-tasks/")),
        [],
      );
      await expectSettled(emulator, project);
      await expectDestroyed(emulator, project);
    });

    it("waits on through a status that it does not know, and says so in the row", async () => {
      const { emulator, project } = sandbox;
      project.program(prices(byHand));
      const up = project.start(["up", "--yes", "--skip-preview"]);
      const { id } = await emulator.whenRun(({ status }) => status === "RUNNING");
      emulator.setStatus(id, { status: "HIBERNATING" });
      await up.shows("HIBERNATING (unknown to this version of pulumi-apify; still waiting)");
      emulator.finish(id, { status: "SUCCEEDED" });
      const output = await succeeds(up.ended);
      assert.match(output, /TaskRun prices creat.* HIBERNATING \(unknown to/);
      assert.equal((await recordedRun(project)).status, "SUCCEEDED");
      assert.equal(startsOf(emulator).length, 1);
    });

    it("finds the runs whose starts were answered by nothing and by an error, and starts no others", async () => {
      const { emulator, project } = sandbox;
      const tasks = ["scrape", "scrape-more"];
      project.program(
        `for (const task of ${JSON.stringify(tasks)}) {
        new apify.TaskRun(task, { actorTaskId: "janedoe~" + task });
      }`,
      );
      for (const [task, fault] of [
        ["scrape", { kind: "reset", when: "afterWork" }],
        ["scrape-more", faultAnswers.serverError("done")],
      ] as const) {
        const when = ({ pathname }: RecordedRequest): boolean => pathname.endsWith(`~${task}/runs`);
        emulator.faults.inject({ endpoint: "startRun", fault, when });
      }
      const output = await succeeds(project.up());
      const ids = [...(await recordedRuns(project)).values()];
      assert.equal(ids.length, tasks.length);
      for (const id of ids) {
        assert.ok(
          output.includes(
            `Run ${id} started (the response was lost, and the run was found by its run key): `,
          ),
          output,
        );
      }
      assert.deepEqual(
        emulator
          .runs()
          .map(({ id }) => id)
          .sort(),
        [...ids].sort(),
      );
      await expectSettled(emulator, project);
      await expectDestroyed(emulator, project);
    });
  },
);
