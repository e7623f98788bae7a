import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, fails, recordedRun, succeeds } from "./support/acceptance";
import { startShop, type Shop } from "./support/shop";
import type { Project, RunningCommand } from "./support/project";

describe("engine: an interrupted deployment", function () {
  this.timeout(180_000);
  let shop: Shop;
  let project: Project;

  beforeEach(async () => {
    shop = await startShop();
    project = await shop.project();
    project.program('new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand" });');
  });

  afterEach(() => shop.close());

  /** Starts `up` and answers when its run is going and named on the screen. */
  async function startUp(): Promise<{ command: RunningCommand; runId: string }> {
    const command = project.start(["up", "--yes", "--skip-preview"]);
    const { id } = await shop.emulator.whenRun(({ status }) => status === "RUNNING");
    await command.shows(`Run ${id} started: https://`);
    return { command, runId: id };
  }

  it("waits for the run after one ^C, and records it", async () => {
    const { command, runId } = await startUp();
    command.signal("SIGINT");
    await command.shows("^C received; cancelling");
    shop.emulator.finish(runId);
    await fails(command.ended);
    assert.equal((await recordedRun(project)).id, runId);
    await expectSettled(shop.emulator, project);
    assert.equal(shop.emulator.runs().length, 1);
    await expectDestroyed(shop.emulator, project);
  });

  it("leaves the run going after a second ^C, with its id on the screen, and the next up starts another", async () => {
    const { command, runId } = await startUp();
    command.signal("SIGINT");
    await command.shows("^C received; cancelling");
    command.signal("SIGINT");
    const output = await fails(command.ended);
    assert.match(output, new RegExp(`Run ${runId} started: https://`));
    assert.deepEqual(
      shop.emulator.liveRuns().map(({ id }) => id),
      [runId],
    );
    assert.deepEqual(await project.taskRuns(), []);

    const next = project.start(["up", "--yes", "--skip-preview"]);
    const another = await shop.emulator.whenRun(
      ({ id, status }) => id !== runId && status === "RUNNING",
    );
    shop.emulator.finish(another.id);
    await succeeds(next.ended);
    assert.equal((await recordedRun(project)).id, another.id);
    shop.emulator.finish(runId);
    await expectDestroyed(shop.emulator, project);
  });
});
