import { seededRandom } from "../../../emulator";
import { anyFault } from "./anyFault";
import type { EmulatorSettings, Endpoint, Injection } from "../../../emulator";
import type { Program } from "./stack";

/** How a deployment is broken off. */
export interface Break {
  readonly how: "kill" | "interrupt";
  /** Virtual milliseconds after its begin. */
  readonly afterMillis: number;
}

/** A story of which everything follows from its seed. */
export interface Scenario {
  readonly seed: number;
  readonly behaviour: Partial<EmulatorSettings>;
  /** What is there before anything goes wrong; empty for a first deployment. */
  readonly before: Program;
  readonly program: Program;
  readonly injections: readonly Injection[];
  /** The deployments under faults, each with how it is broken off, if it is. */
  readonly deployments: readonly (Break | undefined)[];
}

/** Draws lots. */
export interface Lots {
  /** An integer from the first number to the second. */
  between(least: number, most: number): number;
  oneOf<T>(first: T, ...others: readonly T[]): T;
}

const endpoints = ["startRun", "startRun", "listTaskRuns", "getRun", "any"] as const;

/** The story of a seed. */
export function scenarioOf(seed: number): Scenario {
  const lots = lotsOf(seed);
  const names = ["prices", "stock", "news"].slice(0, lots.between(1, 3));
  const programOf = (page: number): Program =>
    Object.fromEntries(
      names.map((name) => [name, { actorTaskId: "janedoe~quick", input: { page } }]),
    );
  return {
    seed,
    behaviour: {
      startDelayMillis: lots.oneOf(0, 0, 3_000),
      listLagMillis: lots.oneOf(0, 0, lots.between(0, 20_000)),
      readLagReads: lots.oneOf(0, 0, lots.between(1, 3)),
      listedMeta: lots.oneOf<"full" | "origin">("full", "full", "origin"),
      dateSkewMillis: lots.oneOf(0, 0, lots.between(-3_600_000, 3_600_000)),
      dateHeader: lots.oneOf<"sent" | "missing">("sent", "sent", "sent", "missing"),
    },
    before: lots.oneOf(programOf(1), {}),
    program: programOf(2),
    injections: Array.from({ length: lots.between(1, 4) }, () => injectionOf(lots)),
    deployments: Array.from({ length: lots.between(1, 3) }, () => breakOf(lots)),
  };
}

function injectionOf(lots: Lots): Injection {
  const [endpoint, ...others] = endpoints;
  return {
    endpoint: lots.oneOf<Endpoint>(endpoint, ...others),
    fault: anyFault(lots),
    times: lots.oneOf(1, 1, 2, 3, 8),
    skip: lots.oneOf(0, 0, 1, 2, 5),
  };
}

function breakOf(lots: Lots): Break | undefined {
  const how = lots.oneOf<Break["how"] | undefined>(undefined, "kill", "kill", "interrupt");
  if (how === undefined) return undefined;
  return { how, afterMillis: lots.oneOf(0, lots.between(0, 15_000), lots.between(0, 120_000)) };
}

function lotsOf(seed: number): Lots {
  const random = seededRandom(seed);
  return {
    between: (least, most) => least + Math.floor(random() * (most - least + 1)),
    oneOf: (...all) => all[Math.floor(random() * all.length)] ?? all[0],
  };
}
