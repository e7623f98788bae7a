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
import { startShop, type Orders, type Shop } from "./support/shop";
import { faultAnswers, type Emulator, type FinishOptions, type Interceptor } from "../../emulator";
import type { Project } from "./support/project";

/** A program with one TaskRun, whose run the stack's outputs show. */
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

/** Refuses that a run is read. */
const refuseReading: Interceptor = ({ method, pathname }, { response }) => {
  if (method !== "GET" || !pathname.startsWith("/v2/actor-runs/")) return "pass";
  response.writeHead(403, { "Content-Type": "application/json" });
  response.end(JSON.stringify({ error: { type: "forbidden", message: "Not for this token" } }));
  return "handled";
};

describe("engine: a run that ends badly, or whose wait does", function () {
  this.timeout(180_000);
  let shop: Shop;
  let emulator: Emulator;
  let project: Project;

  beforeEach(async () => {
    shop = await startShop();
    emulator = shop.emulator;
    project = await shop.project();
  });

  afterEach(() => shop.close());

  const badEndings: readonly Required<FinishOptions>[] = [
    { status: "FAILED", exitCode: 3, statusMessage: "no prices today" },
    { status: "TIMED-OUT", exitCode: 143, statusMessage: "it took too long" },
    { status: "ABORTED", exitCode: 137, statusMessage: "somebody stopped it" },
  ];

  for (const ending of badEndings) {
    it(`explains a run that is ${ending.status}, and records nothing of it`, async () => {
      project.program(prices(byHand));
      const [runId, output] = await Promise.all([
        endNextRun(emulator, ending),
        fails(project.up()),
      ]);
      const { actorTaskId, status } = emulator.run(runId) ?? {};
      assert.equal(status, ending.status);
      const { statusMessage, exitCode } = ending;
      const error = `error: Run ${runId} ended as ${status}: ${statusMessage} (exit code ${exitCode})`;
      assert.ok(output.includes(error), output);
      const link = `See https://console.apify.com/actors/tasks/${actorTaskId}/runs/${runId}`;
      assert.ok(output.includes(link), output);
      assert.ok(output.includes(`ACTOR: Status of the run: ${status}`), output);
      assert.deepEqual(await project.taskRuns(), []);
      assert.equal((await project.outputs()).runId, undefined);
      assert.equal(startsOf(emulator).length, 1);
    });
  }

  it("keeps the last good run through failing reruns, and then runs once more", async () => {
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
      const first = `Run ${runId} ended as FAILED: the shop is closed (exit code ${exitCode})`;
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

  it("waits on for the same run when the wait limit was too short", async () => {
    project.program(prices({ ...byHand, waitSecs: 1 }));
    const output = await fails(project.up());
    const { id, initErrors } = await recorded(project);
    assert.ok(output.includes(`Run ${id} is still running; stopped waiting`), output);
    assert.ok(output.includes("the wait limit of 1 s is over"), output);
    assert.equal(initErrors?.length, 1);
    assert.deepEqual(
      emulator.liveRuns().map((run) => run.id),
      [id],
    );

    emulator.finish(String(id));
    await succeeds(project.up());
    assert.equal(startsOf(emulator).length, 1);
    const { status, ...rest } = await recordedRun(project);
    assert.deepEqual([rest.id, status], [id, "SUCCEEDED"]);
    assert.equal((await recorded(project)).initErrors, undefined);
    assert.equal((await project.outputs()).runId, id);
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
  });

  it("waits on for the same run when the run could not be read", async () => {
    project.program(prices(byHand));
    const allowReading = emulator.use(refuseReading);
    const output = await fails(project.up());
    const { id, initErrors } = await recorded(project);
    assert.ok(output.includes(`Run ${id} is still running; stopped waiting`), output);
    assert.ok(output.includes(`Apify answered 403 forbidden to GET /v2/actor-runs/${id}`), output);
    assert.equal(initErrors?.length, 1);
    allowReading();

    const [ended] = await Promise.all([endNextRun(emulator, {}), succeeds(project.up())]);
    assert.equal(ended, id);
    assert.equal((await recordedRun(project)).status, "SUCCEEDED");
    assert.equal(startsOf(emulator).length, 1);
    await expectSettled(emulator, project);
  });

  it("keeps the old good run in the state until the run that replaces it has succeeded", async () => {
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
    const explanation = `Run ${replacement.id} ended as FAILED: no prices today (exit code 5)`;
    assert.ok(output.includes(explanation), output);
    const failed = await recordedRun(project);
    assert.deepEqual([failed.id, failed.status], [replacement.id, "FAILED"]);
    assert.deepEqual(await kept(), [good.runId]);
    assert.deepEqual(await project.outputs(), good);
    assert.equal(startsOf(emulator).length, 2);

    const [step] = (await project.preview()).filter(({ urn }) => urn.endsWith("::prices"));
    assert.deepEqual([step?.op, step?.replaceReasons], ["replace", ["status"]]);
    const preview = await succeeds(project.run(["preview"]));
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
    project.program(prices(byHand));
    const up = project.start(["up", "--yes", "--skip-preview"]);
    const { id } = await emulator.whenRun(({ status }) => status === "RUNNING");
    emulator.setStatus(id, { status: "HIBERNATING" });
    await up.shows("HIBERNATING (a status that this version does not know; still waiting)");
    emulator.finish(id, { status: "SUCCEEDED" });
    const output = await succeeds(up.ended);
    assert.match(output, /TaskRun prices creat.* HIBERNATING \(a status/);
    assert.equal((await recordedRun(project)).status, "SUCCEEDED");
    assert.equal(startsOf(emulator).length, 1);
    await expectSettled(emulator, project);
  });

  for (const fault of [
    { kind: "reset", when: "afterWork" },
    { ...faultAnswers.serverError("done") },
  ] as const) {
    it(`finds the run whose start was answered by ${fault.kind === "reset" ? "nothing" : "an error"}, and starts no other`, async () => {
      project.program(prices(scrape({ items: [{ price: 1 }] })));
      emulator.faults.inject({ endpoint: "startRun", fault });
      const output = await succeeds(project.up());
      const { id } = await recordedRun(project);
      assert.ok(
        output.includes(`Run ${id} started (the answer was lost, the run was found by its key): `),
        output,
      );
      assert.deepEqual(
        emulator.runs().map((run) => run.id),
        [id],
      );
      await expectSettled(emulator, project);
      await expectDestroyed(emulator, project);
    });
  }
});
