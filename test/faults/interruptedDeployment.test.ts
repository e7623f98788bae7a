import assert from "node:assert/strict";
import { amount } from "../support/figures";
import {
  closeWorld,
  count,
  describeFaults,
  entryOf,
  oneTaskRun,
  openFaultyWorld,
} from "./support/describeFaults";
import { errorsOf, expectSettled, passedOver, succeeds } from "./support/acceptance";
import type { EmulatorSettings, Fault } from "../../emulator";
import type { World } from "./support/world";

/** What else may be wrong, and how long an operation may then go on after the interruption. */
const troubles: readonly [string, Fault | undefined, Partial<EmulatorSettings>, number][] = [
  ["", undefined, {}, 0],
  [" whose start was lost", { kind: "reset", when: "afterWork" }, {}, 0],
  [" whose start did not arrive", { kind: "reset", when: "beforeWork" }, {}, 0],
  // Whether the run is there is known only after the answer, or never.
  [" whose start stalls", { kind: "stall", when: "afterWork" }, {}, 30_000],
  [" whose start has no answer to read", { kind: "stallBody", bytes: 0 }, {}, 30_000],
  [" that the lists show late", { kind: "reset", when: "afterWork" }, { listLagMillis: 12_000 }, 0],
  [" that is found late", { kind: "cutBody" }, { readLagReads: 4 }, 0],
];

/** Interrupts a deployment, and expects that it ends at once and that the next one is good. */
async function interruptAndRepeat(
  [, fault, settings, graceMillis]: (typeof troubles)[number],
  when: (world: World, interrupt: () => void) => void,
): Promise<"interrupted" | "ended"> {
  const world = await openFaultyWorld({ settings });
  const stack = world.stack();
  if (fault !== undefined) world.emulator.faults.inject({ endpoint: "startRun", fault });
  const command = stack.up(oneTaskRun);
  let interruptedAt: number | undefined;
  let isOver = false;
  when(world, () => {
    if (isOver) return;
    interruptedAt = world.time.emulatorClock.now();
    command.process.interrupt();
    count("faults");
  });
  const errors = await errorsOf(world, command);
  isOver = true;
  if (interruptedAt !== undefined) {
    const lasted = world.time.emulatorClock.now() - interruptedAt;
    assert.ok(lasted <= graceMillis, `it goes on for ${lasted} ms`);
    expectHonesty(world, errors.join(), entryOf(stack)?.outputs.run.id);
    await world.time.advance(settings.listLagMillis ?? 0);
  }
  await succeeds(world, stack.up(oneTaskRun));
  await expectSettled(world, stack, oneTaskRun, { runs: 1 + passedOver(world).size });
  await closeWorld(world);
  return interruptedAt === undefined ? "ended" : "interrupted";
}

/** A run that is there is recorded, or else the error does not say that there is none. */
function expectHonesty({ emulator }: World, error: string, recorded: string | undefined): void {
  const [run] = emulator.runs();
  if (run === undefined) assert.match(error, /nothing was started|may have been started/);
  else if (recorded === undefined) assert.match(error, /may have been started/);
  else assert.equal(recorded, run.id);
}

describeFaults("a deployment that is interrupted", () => {
  for (const trouble of troubles) {
    it(`at any request of a run${trouble[0]} ends, and the next one goes on with the run`, async () => {
      for (let request = 1; ; request++) {
        const end = await interruptAndRepeat(trouble, ({ emulator }, interrupt) => {
          let seen = 0;
          emulator.use(() => {
            if (++seen === request) interrupt();
            return "pass";
          });
        });
        if (end === "ended") break;
      }
    });

    it(`at any time of a run${trouble[0]} ends, and the next one goes on with the run`, async () => {
      const step = amount({ quick: 3_700, full: 500 });
      for (let millis = 0; ; millis += step) {
        const end = await interruptAndRepeat(trouble, ({ time }, interrupt) => {
          time.emulatorClock.setTimer(millis, interrupt);
        });
        if (end === "ended") break;
      }
    });
  }

  it("while many runs are waited for records every one of them", async () => {
    const world = await openFaultyWorld();
    const stack = world.stack();
    const names = Array.from({ length: 20 }, (_, index) => `prices-${index}`);
    const program = Object.fromEntries(
      names.map((name) => [name, { actorTaskId: "janedoe~quick" }]),
    );
    const command = stack.up(program);
    world.time.emulatorClock.setTimer(5_000, command.process.interrupt);
    assert.equal((await errorsOf(world, command)).length, 20);
    assert.equal(stack.state.size, 20);
    await succeeds(world, stack.up(program));
    await expectSettled(world, stack, program, { runs: 20 });
  });
});
