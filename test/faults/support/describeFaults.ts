import { noneOfAll, printFigures } from "../../support/figures";
import { openWorld } from "./world";
import type { Entry, Program, Stack } from "./stack";
import type { World, WorldOptions } from "./world";

/** What the tests of one part of the fault matrix counted. */
export const counts = { faults: 0, ...noneOfAll };
const opened = new Set<World>();

/**
 * Describes a part of the fault matrix. The worlds that its tests open are closed after each of
 * them, and what went wrong with how many requests and processes is printed at its end.
 */
export function describeFaults(title: string, tests: () => void): void {
  describe(title, () => {
    before(() => {
      Object.assign(counts, { faults: 0, ...noneOfAll });
    });
    afterEach(async () => {
      await Promise.all([...opened].map(closeWorld));
    });
    after(() => {
      printFigures("the fault matrix", counts);
    });
    tests();
  });
}

/** Opens a world for the test that is running. */
export async function openFaultyWorld(options: WorldOptions = {}): Promise<World> {
  const world = await openWorld(options);
  opened.add(world);
  return world;
}

/** Closes a world before its test is over: one with hundreds of scenarios would keep them all. */
export async function closeWorld(world: World): Promise<void> {
  opened.delete(world);
  count("faults", world.emulator.faults.injected);
  await world.close();
}

/** Counts what the emulator does not count itself: kills, refused connections, runs in excess. */
export function count(what: keyof typeof counts, times = 1): void {
  counts[what] += times;
}

/** The program of most tests: one TaskRun, of which the run takes ten seconds. */
export const oneTaskRun: Program = { prices: { actorTaskId: "janedoe~quick" } };

/** What the state has of the resource of `oneTaskRun`. */
export function entryOf(stack: Stack): Entry | undefined {
  return stack.state.get("prices");
}
