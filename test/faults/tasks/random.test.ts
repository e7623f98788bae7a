import assert from "node:assert/strict";
import { amount, chosenSeed } from "../../support/figures";
import { describeFaults } from "../support/describeFaults";
import { afterMillis, endOf } from "../support/kill";
import {
  adoptedBy,
  deployUntilGood,
  expectTasksSettled,
  upSucceeds,
} from "../support/tasks/taskAcceptance";
import { lagOfNewTasks } from "../support/tasks/lag";
import { taskScenarioOf } from "../support/tasks/taskScenario";
import { faultAt, inScene } from "../support/tasks/taskScenes";
import type { Break } from "../support/scenario";
import type { Scene } from "../support/tasks/taskAcceptance";
import type { TaskScenario } from "../support/tasks/taskScenario";
import type { TaskProgram } from "../support/tasks/taskStack";

/** Seeds that once failed. */
const regressions: readonly number[] = [];

/** The longest that one deployment may take, whatever happens to it. */
const longestMillis = 45 * 60_000;

async function play({ seed, settings, before, ...scenario }: TaskScenario): Promise<void> {
  await inScene({ settings, seed }, async (scene) => {
    const { emulator } = scene.world;
    if (before !== undefined) await upSucceeds(scene, before);
    if (scenario.lagReads > 0) lagOfNewTasks(scene.world, scenario.lagReads);
    for (const { fault, request, times } of scenario.faults) {
      faultAt(scene.world, request, fault, times);
    }
    for (const deployment of scenario.deployments) {
      await deploy(scene, scenario.program, deployment);
    }
    emulator.faults.clear();
    const settled = await deployUntilGood(scene, scenario.program, "is followed");
    await expectTasksSettled(scene, settled);
  });
}

async function deploy(
  { world, watch, stack }: Scene,
  program: TaskProgram,
  deployment: Break | undefined,
): Promise<void> {
  const began = world.time.emulatorClock.now();
  const command = stack.up(program);
  if (deployment?.how === "kill") {
    await endOf(world, command, afterMillis(deployment.afterMillis));
  } else {
    if (deployment !== undefined) {
      world.time.emulatorClock.setTimer(deployment.afterMillis, command.process.interrupt);
    }
    await world.time.run(command.done);
  }
  const lasted = world.time.emulatorClock.now() - began;
  assert.ok(lasted <= longestMillis, `it went on for ${lasted} ms`);
  await watch.afterCommand(stack, adoptedBy(program));
}

describeFaults("random faults of deployments of Tasks", () => {
  const first = chosenSeed();
  const scenarios = amount({ quick: 25, full: 400 });
  const size = 25;

  for (const seed of regressions) {
    it(`do no harm (seed ${seed}, which once did)`, () => play(taskScenarioOf(seed)));
  }

  for (let from = first; from < first + scenarios; from += size) {
    it(`do no harm (seeds ${from} to ${from + size - 1})`, async () => {
      for (let seed = from; seed < from + size; seed++) {
        await play(taskScenarioOf(seed)).catch((error: unknown) => {
          throw new Error(`PULUMI_APIFY_SEED=${seed}: ${JSON.stringify(taskScenarioOf(seed))}`, {
            cause: error,
          });
        });
      }
    });
  }
});
