import assert from "node:assert/strict";
import { amount } from "../support/figures";
import { closeWorld, describeFaults, entryOf, openFaultyWorld } from "./support/describeFaults";
import { errorsOf, expectSettled, passedOver, succeeds } from "./support/acceptance";
import { afterMillis, atRequest, endOf } from "./support/kill";
import type { EmulatorSettings, Fault } from "../../emulator";
import type { Program, Stack } from "./support/stack";
import type { Killer, KillMoment } from "./support/kill";
import type { World } from "./support/world";

const quick = "janedoe~quick";

/** An intent, and what was there before it. */
interface Case {
  readonly before?: Program | undefined;
  readonly program: Program;
  /** Whether a run that ended while nobody watched is taken over, so that there never is another. */
  readonly ended: "taken over" | "named";
}

const cases: Readonly<Record<string, Case>> = {
  "a first run": { program: { prices: { actorTaskId: quick } }, ended: "named" },
  "a rerun": {
    before: { prices: { actorTaskId: quick } },
    program: { prices: { actorTaskId: quick, input: { page: 2 } } },
    ended: "taken over",
  },
  "a run with a key of the user's own": {
    program: { prices: { actorTaskId: quick, idempotencyKey: "deploy-17" } },
    ended: "taken over",
  },
  "a run that nobody waits for": {
    program: { prices: { actorTaskId: quick, waitSecs: 0 } },
    ended: "named",
  },
};

const isThorough = amount({ quick: 0, full: 1 }) === 1;

/** What else may be wrong. */
const troubles: readonly [string, Fault | undefined, Partial<EmulatorSettings>][] = [
  ["", undefined, {}],
  [" whose answer was lost", { kind: "reset", when: "afterWork" }, {}],
  [" that did not arrive", { kind: "reset", when: "beforeWork" }, {}],
  [" whose answer stalls", { kind: "stall", when: "afterWork" }, { listedMeta: "origin" }],
  [" that the lists do not show for 20 s", { kind: "cutBody" }, { listLagMillis: 20_000 }],
];

/** The quick tests do not combine everything with everything. */
function troublesOf({ ended, program }: Case): typeof troubles {
  const isPlain = ended === "named" && program.prices?.waitSecs === undefined;
  return isPlain || isThorough ? troubles : troubles.slice(0, 3);
}

/** Kills deployments with the given killers, one after the other, and expects that the next one is good. */
async function killAndRepeat(
  { before, program, ended }: Case,
  [, fault, settings]: (typeof troubles)[number],
  ...killers: readonly Killer[]
): Promise<"killed" | "ended"> {
  const world = await openFaultyWorld({ settings });
  const stack = world.stack();
  if (before !== undefined) await succeeds(world, stack.up(before));
  if (fault !== undefined) world.emulator.faults.inject({ endpoint: "startRun", fault });
  let last: "killed" | "ended" = "killed";
  for (const killer of killers) {
    last = await endOf(world, stack.up(program), killer);
    if (last === "killed") await world.time.advance(settings.listLagMillis ?? 0);
  }
  await succeeds(world, stack.up(program));
  if (program.prices?.waitSecs === 0) await world.time.advance(60_000);
  await expectEnd(world, stack, { before, program, ended });
  await closeWorld(world);
  return last;
}

async function expectEnd(
  world: World,
  stack: Stack,
  { before, program, ended }: Case,
): Promise<void> {
  const named = passedOver(world).size;
  if (ended === "taken over") assert.equal(named, 0);
  // Its state says what a refresh would change.
  if (program.prices?.waitSecs === 0) await succeeds(world, stack.refresh());
  const runs = (before === undefined ? 0 : 1) + 1 + named;
  await expectSettled(world, stack, program, { runs });
}

/** The moment at which the quick tests also kill the deployment that follows. */
const twice: KillMoment = "after the work";
const moments: readonly KillMoment[] = ["before the work", "after the work"];

describeFaults("a process that is killed", () => {
  for (const [what, intent] of Object.entries(cases)) {
    for (const trouble of troublesOf(intent)) {
      it(`at any request of ${what}${trouble[0]}, one time or two`, async () => {
        for (const moment of moments) {
          for (let request = 1; ; request++) {
            const killer = atRequest(request, moment);
            if ((await killAndRepeat(intent, trouble, killer)) === "ended") break;
            if (moment === twice || isThorough) {
              await killAndRepeat(intent, trouble, killer, killer);
            }
          }
        }
      });

      it(`at any time of ${what}${trouble[0]}`, async () => {
        const step = amount({ quick: 4_000, full: 500 });
        for (let millis = 1; ; millis += step) {
          if ((await killAndRepeat(intent, trouble, afterMillis(millis))) === "ended") break;
        }
      });
    }
  }
});

describeFaults("an engine that is killed", () => {
  const rerun = { prices: { actorTaskId: quick, triggers: [2] } };

  it("before it has recorded what was done finds the run again", async () => {
    const world = await openFaultyWorld();
    const stack = world.stack();
    await succeeds(world, stack.up({ prices: { actorTaskId: quick } }));
    const old = new Map(stack.state);
    await succeeds(world, stack.up(rerun));
    const recorded = entryOf(stack)?.outputs.run.id;
    // The state file is the old one.
    stack.restore(old);
    await succeeds(world, stack.up(rerun));
    assert.equal(entryOf(stack)?.outputs.run.id, recorded);
    await expectSettled(world, stack, rerun, { runs: 2 });
  });

  it("before it has recorded a run that goes on finds the run again", async () => {
    const world = await openFaultyWorld();
    const stack = world.stack();
    const command = stack.up(rerun);
    await world.time.advance(5_000);
    command.process.interrupt();
    await errorsOf(world, command);
    stack.restore(new Map());
    await succeeds(world, stack.up(rerun));
    await expectSettled(world, stack, rerun, { runs: 1 });
  });

  it("before it has recorded a first run that ended names that run, and runs again", async () => {
    const world = await openFaultyWorld();
    const stack = world.stack();
    await succeeds(world, stack.up(rerun));
    stack.restore(new Map());
    await succeeds(world, stack.up(rerun));
    assert.equal(passedOver(world).size, 1);
    await expectSettled(world, stack, rerun, { runs: 2 });
  });
});
