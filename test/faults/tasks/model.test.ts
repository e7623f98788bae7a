import * as fc from "fast-check";
import { amount, chosenSeed, noneOfAll, printFigures } from "../../support/figures";
import { taskSequences } from "../support/tasks/model/arbitraries";
import { newTaskModel } from "../support/tasks/model/model";
import { settleTasks } from "../support/tasks/model/settle";
import { made } from "../support/tasks/model/steps";
import { watchTasks } from "../support/tasks/watch";
import { openWorld } from "../support/world";
import type { TaskStep } from "../support/tasks/model/steps";

describe("the model of Tasks", () => {
  const counts = { ...noneOfAll };
  const played = { modelSequences: 0, faults: 0 };

  after(() => {
    printFigures("the model of Tasks", { ...played, modelCommands: made.steps, ...counts });
  });

  async function play(steps: Iterable<TaskStep>): Promise<void> {
    const world = await openWorld();
    played.modelSequences += 1;
    try {
      const model = newTaskModel(world, watchTasks(world, counts));
      await fc.asyncModelRun(() => ({ model, real: model }), steps);
      await settleTasks(model);
    } finally {
      played.faults += world.emulator.faults.injected;
      await world.close();
    }
  }

  it("agrees with what happens, whatever is done and whatever goes wrong", async () => {
    const seed = chosenSeed();
    const { PULUMI_APIFY_PATH: path, PULUMI_APIFY_REPLAY_PATH: replayPath } = process.env;
    console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
    await fc.assert(fc.asyncProperty(taskSequences(40, replayPath), play), {
      seed,
      numRuns: amount({ quick: 15, full: 400 }),
      ...(path === undefined ? {} : { path }),
    });
  });
});
