import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, succeeds } from "./support/acceptance";
import { startShop, type Shop } from "./support/shop";

describe("engine: how long a TaskRun waits", function () {
  this.timeout(180_000);

  let shop: Shop;

  beforeEach(async function () {
    shop = await startShop();
  });

  afterEach(async function () {
    await shop.close();
  });
  it("is not at all with waitSecs 0, and a larger value later waits for the same run", async () => {
    const { emulator } = shop;
    const project = await shop.project("waiting");
    const program = (waitSecs: number): string => `
      const run = new apify.TaskRun("run", { actorTaskId: "janedoe~by-hand", waitSecs: ${waitSecs} });
      exports.status = run.status;`;
    emulator.clearRequests();
    project.program(program(0));
    await succeeds(project.up());
    const [started] = emulator.liveRuns();
    assert.ok(started);
    const { status } = await project.outputs();
    assert.ok(status === "READY" || status === "RUNNING", String(status));
    assert.equal(emulator.writes().length, 1);

    emulator.clearRequests();
    await succeeds(project.up("--expect-no-changes"));
    assert.deepEqual(emulator.requests, []);

    project.program(program(120));
    const steps = (await project.preview()).filter(({ urn }) => urn.endsWith("::run"));
    assert.deepEqual(
      steps.map(({ op }) => op),
      ["update"],
    );
    const stop = emulator.use(({ path }) => {
      if (path.includes("waitForFinish=")) emulator.finish(started.id, { statusMessage: "Done" });
      return "pass";
    });
    const output = await succeeds(project.up());
    stop();
    assert.match(output, new RegExp(`Resuming the wait for run ${started.id}: https://`));
    assert.deepEqual(emulator.writes(), []);
    assert.deepEqual(
      (await project.taskRuns()).map(({ id }) => id),
      [started.id],
    );
    assert.deepEqual(await project.outputs(), { status: "SUCCEEDED" });
    await expectSettled(shop.emulator, project);
    await expectDestroyed(shop.emulator, project);
  });

  it("is bounded by waitSecs, and the next `up` waits for the same run", async () => {
    const { emulator } = shop;
    const project = await shop.project("limit");
    project.program(
      'new apify.TaskRun("run", { actorTaskId: "janedoe~by-hand-too", waitSecs: 0.1 });',
    );
    emulator.clearRequests();
    const { code, output } = await project.up();
    assert.notEqual(code, 0);
    const [live] = emulator.liveRuns();
    assert.ok(live);
    assert.match(output, new RegExp(`Run ${live.id} is still running; stopped waiting`));
    assert.match(output, /the wait limit of 0\.1 s is over/);
    emulator.finish(live.id);
    await succeeds(project.up());
    assert.equal(emulator.writes().length, 1);
    assert.deepEqual(
      (await project.taskRuns()).map(({ id }) => id),
      [live.id],
    );
    await expectSettled(shop.emulator, project);
    await expectDestroyed(shop.emulator, project);
  });
});
