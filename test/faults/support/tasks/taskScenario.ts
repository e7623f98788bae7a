import { anyFault } from "../scenario";
import { createDraw } from "../draw";
import type { Args } from "../../../../provider/resources/task/argumentTable";
import type { EmulatorSettings, Fault } from "../../../../emulator";
import type { Draw } from "../draw";
import type { Break } from "../scenario";
import type { TaskProgram } from "./taskStack";

/** A series of deployments of Tasks under faults. Everything about it follows from its seed. */
export interface TaskScenario {
  readonly seed: number;
  readonly settings: Partial<EmulatorSettings>;
  /** How many reads do not find a new task yet. */
  readonly lagReads: number;
  /** What is there before anything goes wrong; undefined for a first deployment. */
  readonly before: TaskProgram | undefined;
  readonly program: TaskProgram;
  readonly faults: readonly { fault: Fault; request: number; times: number }[];
  /** The deployments under faults, each with how it is broken off, if it is. */
  readonly deployments: readonly (Break | undefined)[];
}

/** The scenario of a seed. */
export function taskScenarioOf(seed: number): TaskScenario {
  const draw = createDraw(seed);
  const resources = ["scraper", "crawler", "watcher"].slice(0, draw.between(1, 3));
  const isNamed = draw.oneOf(true, false);
  const runs = draw.oneOf<TaskProgram["runs"]>(undefined, { prices: "scraper" });
  const programOf = (argsOf: (draw: Draw) => Partial<Args>): TaskProgram => ({
    tasks: Object.fromEntries(
      resources.map((name) => [
        name,
        {
          actorId: "janedoe~quick",
          ...(isNamed ? { name: `the-${name}` } : {}),
          ...argsOf(draw),
        },
      ]),
    ),
    runs,
  });
  return {
    seed,
    settings: {
      startDelayMillis: draw.oneOf(0, 0, 3_000),
      listedMeta: draw.oneOf<"full" | "origin">("full", "origin"),
      dateSkewMillis: draw.oneOf(0, 0, draw.between(-3_600_000, 3_600_000)),
    },
    lagReads: draw.oneOf(0, 0, draw.between(1, 6)),
    before: draw.oneOf(
      undefined,
      programOf(() => ({ input: { page: 1 }, title: "Before" })),
    ),
    program: programOf((from) => ({
      actorId: from.oneOf("janedoe~quick", "janedoe~other"),
      input: { page: from.oneOf(1, 2) },
      ...from.oneOf({}, { title: "After" }, { options: { memoryMbytes: 512 } }),
    })),
    faults: Array.from({ length: draw.between(1, 4) }, () => ({
      fault: anyFault(draw),
      request: draw.oneOf(0, draw.between(0, 6), draw.between(0, 15)),
      times: draw.oneOf(1, 1, 2, 3, 8),
    })),
    deployments: Array.from({ length: draw.between(1, 3) }, () => breakOf(draw)),
  };
}

function breakOf(draw: Draw): Break | undefined {
  const how = draw.oneOf<Break["how"] | undefined>(undefined, "kill", "kill", "interrupt");
  if (how === undefined) return undefined;
  return { how, afterMillis: draw.oneOf(0, draw.between(0, 15_000), draw.between(0, 120_000)) };
}
