import assert from "node:assert/strict";
import { amount, chosenSeed } from "../support/figures";
import { closeWorld, count, describeFaults, openFaultyWorld } from "./support/describeFaults";
import { scenarioOf } from "./support/scenario";
import { errorsOf, expectSettled, passedOver, succeeds } from "./support/acceptance";
import { afterMillis, endOf } from "./support/kill";
import type { Break, Scenario } from "./support/scenario";
import type { Program, Stack } from "./support/stack";
import type { World } from "./support/world";

/** Seeds that once failed. */
const regressions: readonly number[] = [];

/** The longest that one deployment may take, whatever happens to it. */
const longestMillis = 45 * 60_000;

async function play({ seed, settings, before, ...scenario }: Scenario): Promise<void> {
  const { program, injections, deployments } = scenario;
  const world = await openFaultyWorld({ settings, seed });
  const stack = world.stack();
  const resources = Object.keys(program).length;
  if (Object.keys(before).length > 0) await succeeds(world, stack.up(before));
  const earlier = world.emulator.runs().length;
  for (const injection of injections) world.emulator.faults.inject(injection);

  for (const deployment of deployments) {
    await deploy(world, stack, { program, deployment });
    // A run that no list shows yet cannot be seen by the next deployment.
    await world.time.advance(settings.listLagMillis ?? 0);
  }
  world.emulator.faults.clear();
  for (let attempts = 1; ; attempts++) {
    const errors = await errorsOf(world, stack.up(program));
    if (errors.length === 0) break;
    assert.ok(attempts < 3, errors.join("\n"));
  }
  await expectSettled(world, stack, program, {
    runs: earlier + resources + passedOver(world).size,
  });
  countLags(world, settings);
  await closeWorld(world);
}

async function deploy(
  world: World,
  stack: Stack,
  { program, deployment }: { program: Program; deployment: Break | undefined },
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
}

function countLags({ emulator }: World, { readLagReads = 0 }: Scenario["settings"]): void {
  count("faults", readLagReads * emulator.runs().length);
}

describeFaults("random faults", () => {
  const first = chosenSeed();
  const scenarios = amount({ quick: 150, full: 4_000 });
  const size = 50;

  for (const seed of regressions) {
    it(`do no harm (seed ${seed}, which once did)`, () => play(scenarioOf(seed)));
  }

  for (let from = first; from < first + scenarios; from += size) {
    it(`do no harm (seeds ${from} to ${from + size - 1})`, async () => {
      for (let seed = from; seed < from + size; seed++) {
        await play(scenarioOf(seed)).catch((error: unknown) => {
          throw new Error(`PULUMI_APIFY_SEED=${seed}: ${JSON.stringify(scenarioOf(seed))}`, {
            cause: error,
          });
        });
      }
    });
  }
});
