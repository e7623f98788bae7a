import { seededRandom, startEmulator } from "../../../emulator";
import { createVirtualTime } from "../../support/virtualTime";
import { startProcess } from "./process";
import { openStack } from "./stack";
import type { EmulatorSettings, Emulator, Run } from "../../../emulator";
import type { Surroundings } from "./process";
import type { Stack, StackPlace } from "./stack";

/** An Apify, the deployments that work with it, and one virtual time for all, in this process. */
export interface World extends Surroundings, StackPlace {
  /** A stack without resources. */
  stack(name?: string): Stack;
  close(): Promise<void>;
}

/** What can be set. */
export interface WorldOptions {
  readonly settings?: Partial<EmulatorSettings>;
  /** Decides ids and jitter. Default: 1. */
  readonly seed?: number;
  /** How far the clocks of the deployments are ahead of Apify's. Default: 0. */
  readonly aheadMillis?: number;
}

/** The token of every world's one account. */
export const token = "apify_api_TokenOfJaneDoe";

/** How long a run of `janedoe~quick` takes. */
export const quickRunMillis = 10_000;

/**
 * Opens a world with two tasks of one account: a test ends the runs of `janedoe~by-hand`, those of
 * `janedoe~quick` succeed by themselves, and so would those of the Actor `janedoe~other`.
 */
export async function openWorld({
  settings = {},
  seed = 1,
  aheadMillis = 0,
}: WorldOptions = {}): Promise<World> {
  const random = seededRandom(seed);
  const emulated: { emulator?: Emulator } = {};
  const time = createVirtualTime({ held: () => emulated.emulator?.held() ?? 0, random });
  const builds = [
    { number: "0.1.1", tags: ["latest"] },
    { number: "0.1.2", tags: ["beta"] },
  ];
  const quick = (): Promise<void> =>
    new Promise((resolve) => {
      time.emulatorClock.setTimer(quickRunMillis, resolve);
    });
  const emulator = await startEmulator({
    declaration: {
      users: [{ username: "janedoe", token }],
      actors: [
        { username: "janedoe", name: "by-hand", manual: true, builds },
        { username: "janedoe", name: "quick", run: quick, builds },
        { username: "janedoe", name: "other", run: quick, builds },
      ],
      tasks: [
        { username: "janedoe", name: "by-hand", actor: "janedoe~by-hand" },
        { username: "janedoe", name: "quick", actor: "janedoe~quick" },
      ],
    },
    clock: time.emulatorClock,
    random,
    ...settings,
  });
  emulated.emulator = emulator;
  const closings: (() => void)[] = [];
  let processes = 0;
  const world: World = {
    emulator,
    time,
    token,
    aheadMillis,
    shown: [],
    recorded: new Set(),
    stack: (name = "dev") => openStack(world, name),
    process: () => startProcess(world, ++processes),
    whenClosed: (then) => {
      closings.push(then);
    },
    close: async () => {
      for (const then of closings) then();
      await emulator.close();
    },
  };
  return world;
}

/** The run key that a run was started with. */
export function keyOf(run: Run): string | undefined {
  return /\(run-key (\w+)\)/.exec(run.meta.userAgent ?? "")?.[1];
}

/** The runs that were started while another one with the same key was under way. */
export function doubleStarts(runs: readonly Run[]): readonly Run[] {
  const end = (run: Run): number => (run.finishedAt ? Date.parse(run.finishedAt) : Infinity);
  return runs.filter((run, index) =>
    runs
      .slice(0, index)
      .some((earlier) => keyOf(earlier) === keyOf(run) && end(earlier) > Date.parse(run.startedAt)),
  );
}

/** The runs that no state has or had, and that nobody was told of. */
export function lostRuns(world: World): readonly Run[] {
  return world.emulator
    .runs()
    .filter(({ id }) => !world.recorded.has(id) && !world.shown.some((text) => text.includes(id)));
}
