import { oneFailed, sum, type Counts } from "./counts";
import type { Step } from "./steps";

/** Runs every step, whatever became of those before it, and names the failed ones at the end. */
export async function runSteps(
  steps: readonly Step[],
  print: (line: string) => void = console.log,
): Promise<Counts> {
  const counts: Counts[] = [];
  const failed: string[] = [];
  for (const step of steps) {
    print(`\n▶ ${step.name}`);
    const started = performance.now();
    const result = await outcomeOf(step, print);
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    print(`${result.failed === 0 ? "✔" : "✖"} ${step.name} (${seconds} s)`);
    counts.push(result);
    if (result.failed > 0) failed.push(`${step.name}: ${result.failed} failed`);
  }
  if (failed.length > 0) print(["\nFailed steps:", ...failed].join("\n  "));
  return sum(counts);
}

async function outcomeOf(step: Step, print: (line: string) => void): Promise<Counts> {
  try {
    return await step.run();
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return oneFailed;
  }
}
