import assert from "node:assert/strict";
import { closeWorld, oneTaskRun, openFaultyWorld } from "./describeFaults";
import { errorsOf, expectDestroyed, expectSettled, succeeds } from "./acceptance";
import type { EmulatorSettings, Endpoint, Injection } from "../../../emulator";
import type { Command, Program, Stack } from "./stack";
import type { World } from "./world";

/** A command that sends a request of the kind that is to go wrong. */
export interface RequestCase {
  readonly title: string;
  readonly endpoint: Endpoint;
  /** Brings about what has to be there before, and gives the command. */
  prepare(world: World, stack: Stack): Promise<() => Command>;
  /** Expects, after the command or a repetition of it has succeeded, that all is well. */
  expectEnd(world: World, stack: Stack): Promise<void>;
}

const quick = "janedoe~quick";

const upOfOne = (endpoint: Endpoint, title: string): RequestCase => ({
  title,
  endpoint,
  prepare: (_world, stack) => Promise.resolve(() => stack.up(oneTaskRun)),
  expectEnd: (world, stack) => expectSettled(world, stack, oneTaskRun, { runs: 1 }),
});

/** A destroy of one resource, which takes its runs with it. */
const destroyOfOne = (endpoint: Endpoint, title: string, program: Program): RequestCase => ({
  title,
  endpoint,
  prepare: async (world, stack) => {
    await succeeds(world, stack.up(program));
    return () => stack.destroy();
  },
  expectEnd: expectDestroyed,
});

const changed: Program = { prices: { actorTaskId: quick, input: { page: 2 } } };

/** Starting a run: the one request that must not simply be sent again. */
export const theStart = upOfOne("startRun", "the start");

/** Waiting for the run. */
export const theWait = upOfOne("getRun", "the wait");

/** Every other request, each in a command that sends it. */
export const otherRequests: readonly RequestCase[] = [
  upOfOne("listTaskRuns", "the look before the start"),
  theWait,
  {
    title: "a refresh",
    endpoint: "getRun",
    prepare: async (world, stack) => {
      await succeeds(world, stack.up(oneTaskRun));
      return () => stack.refresh();
    },
    expectEnd: (world, stack) => expectSettled(world, stack, oneTaskRun, { runs: 1 }),
  },
  {
    title: "the look before a rerun",
    endpoint: "listTaskRuns",
    prepare: async (world, stack) => {
      await succeeds(world, stack.up(oneTaskRun));
      return () => stack.up(changed);
    },
    expectEnd: (world, stack) => expectSettled(world, stack, changed, { runs: 2 }),
  },
  ...(["getRun", "getTask"] as const).map((endpoint): RequestCase => ({
    title: endpoint === "getRun" ? "taking over a run" : "the task of a run to take over",
    endpoint,
    prepare: async (world, stack) => {
      await succeeds(world, world.stack("elsewhere").up(oneTaskRun));
      const adopted = adoption(world);
      return () => stack.up(adopted);
    },
    expectEnd: (world, stack) => expectSettled(world, stack, adoption(world), { runs: 1 }),
  })),
  destroyOfOne("abortRun", "the abort", {
    prices: { actorTaskId: "janedoe~by-hand", waitSecs: 0 },
  }),
  destroyOfOne("getRun", "the look before a deletion", oneTaskRun),
  destroyOfOne("deleteRun", "the deletion of a run", {
    prices: { actorTaskId: quick, onDelete: "purge" },
  }),
  destroyOfOne("deleteStorage", "the deletion of a storage", {
    prices: { actorTaskId: quick, onDelete: "purge" },
  }),
];

function adoption({ emulator }: World): Program {
  return { prices: { actorTaskId: quick, adoptRunId: emulator.runs()[0]?.id } };
}

/** What came of a command under faults. */
export interface UnderFault {
  readonly world: World;
  readonly stack: Stack;
  /** How many requests were met. */
  readonly hits: number;
  readonly errors: readonly string[];
  /** Virtual milliseconds that the command took. */
  readonly millis: number;
  /** Repeats the command. */
  readonly again: () => Command;
}

/** Makes a requestCase under a fault, in a world of its own. */
export async function runUnderFault(
  requestCase: RequestCase,
  injection: Omit<Injection, "endpoint">,
  settings: Partial<EmulatorSettings> = {},
): Promise<UnderFault> {
  const world = await openFaultyWorld({ settings });
  const stack = world.stack();
  const again = await requestCase.prepare(world, stack);
  const injected = world.emulator.faults.inject({ endpoint: requestCase.endpoint, ...injection });
  const began = world.time.emulatorClock.now();
  const errors = await errorsOf(world, again());
  const millis = world.time.emulatorClock.now() - began;
  return { world, stack, hits: injected.hits, errors, millis, again };
}

/**
 * Expects that a fault costs time at most: the command succeeds all the same, and all is well after
 * it. Gives the virtual milliseconds.
 */
export async function expectPassing(
  requestCase: RequestCase,
  injection: Omit<Injection, "endpoint">,
): Promise<number> {
  const { world, stack, hits, errors, millis } = await runUnderFault(requestCase, injection);
  assert.deepEqual(errors, []);
  assert.equal(hits, injection.times ?? 1, "requests that were met");
  await requestCase.expectEnd(world, stack);
  await closeWorld(world);
  return millis;
}

/**
 * Expects that a fault, if it makes the command fail, does no more than that: repeated without the
 * fault, it succeeds. Gives the errors.
 */
export async function expectHarmless(
  requestCase: RequestCase,
  injection: Omit<Injection, "endpoint">,
): Promise<readonly string[]> {
  const { world, stack, hits, errors, again } = await runUnderFault(requestCase, injection);
  assert.ok(hits > 0, "a request was met");
  world.emulator.faults.clear();
  if (errors.length > 0) await succeeds(world, again());
  await requestCase.expectEnd(world, stack);
  await closeWorld(world);
  return errors;
}
