import { median } from "./median";
import { openStacks } from "./stack";
import type { ProgramName } from "./programs";
import type { BenchStacks, Cost } from "./stack";

// Measures what a command costs with TaskRuns, relative to a dynamic provider that does nothing, or the least. The
// programs alternate, because the speed of a machine varies.

const rounds = 5;

/** A command over unchanged resources, and what it is compared with. */
interface Comparison {
  readonly count: number;
  readonly args: readonly [string, ...string[]];
  readonly baseline: ProgramName;
}

const up = ["up", "--yes", "--skip-preview", "--parallel", "32"] as const;

const comparisons: readonly Comparison[] = [
  { count: 300, args: ["preview"], baseline: "nothing" },
  { count: 300, args: up, baseline: "minimal" },
  { count: 300, args: ["refresh", "--yes"], baseline: "minimal" },
  { count: 1_000, args: ["preview"], baseline: "nothing" },
];

/** Measures a first `up`, the size of the state, and each command over unchanged resources. */
export async function benchCommands(): Promise<void> {
  const stacks = await openStacks();
  try {
    for (const count of [300, 1_000]) {
      for (const program of ["nothing", "minimal", "TaskRun", "native"] as const) {
        const { secs } = await stacks.run(program, count, ...up);
        const bytes = Math.round(await stacks.stateBytes(program, count));
        console.log(
          `a first up of ${count}, ${program}: ${secs.toFixed(1)} s, ${bytes} bytes of state for each`,
        );
      }
      for (const each of comparisons) if (each.count === count) await compare(stacks, each);
    }
  } finally {
    await stacks.close();
  }
}

async function compare(stacks: BenchStacks, { count, args, baseline }: Comparison): Promise<void> {
  const costs: Record<ProgramName, Cost[]> = { nothing: [], minimal: [], TaskRun: [], native: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const program of [baseline, "TaskRun", "native"] as const) {
      costs[program].push(await stacks.run(program, count, ...args));
    }
  }
  const medians = (program: ProgramName): Cost => ({
    secs: median(costs[program].map(({ secs }) => secs)),
    processorSecs: median(costs[program].map(({ processorSecs }) => processorSecs)),
  });
  const floor = medians(baseline);
  const shown = (program: ProgramName): string => {
    const { secs, processorSecs } = medians(program);
    const ratios = [secs / floor.secs, processorSecs / floor.processorSecs];
    const [wall = "", processor = ""] = ratios.map((ratio) => ratio.toFixed(2));
    return `${program} ${secs.toFixed(2)} s (${wall}; processor ${processor})`;
  };
  console.log(
    `${args[0]} of ${count} unchanged: ${baseline} ${floor.secs.toFixed(2)} s, ${shown("TaskRun")}, ${shown("native")}`,
  );
}
