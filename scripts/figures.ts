import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compare } from "./compare/compare";
import { summarise } from "./compare/report";
import { countsByPlace } from "./figures/counts";
import { figuresTable } from "./figures/findings";
import { lastMutationScore, mutationStep } from "./figures/mutation";
import { shortfalls, violations } from "./figures/requirements";
import { onePassed } from "./testing/counts";
import { pulumiCliStep, runSteps, tests } from "./testing/steps";
import type { Summary } from "./compare/report";
import type { Step } from "./testing/steps";

type Amount = "quick" | "full";

/** Counts faults, kills and their consequences, and fails if these violate the requirements. */
async function figures(amount: Amount): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-apify-figures-"));
  const file = join(folder, "figures");
  const comparison: Summary[] = [];
  try {
    const { failed } = await runSteps([...testSteps(file, amount), comparisonStep(comparison)]);
    const lines = existsSync(file) ? readFileSync(file, "utf8") : "";
    const findings = { counts: countsByPlace(lines), mutation: lastMutationScore(), comparison };
    console.log(`\n${figuresTable(findings)}\n`);
    const problems = [
      ...(failed === 0 ? [] : ["a step failed"]),
      ...violations(findings),
      ...(amount === "full" ? shortfalls(findings) : []),
    ];
    for (const problem of problems) console.log(`✖ ${problem}`);
    if (problems.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The tests that append their figures to the file, and the mutation test. */
function testSteps(file: string, amount: Amount): readonly Step[] {
  const env = { PULUMI_APIFY_FIGURES: file, PULUMI_APIFY_FIGURES_AMOUNT: amount };
  // The full amounts take minutes in one test.
  const noTimeout = ["--timeout", "0"];
  const parallel = ["--parallel", "--jobs", "2"];
  return [
    tests("faults in process", { folders: ["faults"], options: [...noTimeout, ...parallel], env }),
    tests("the local Apify", {
      folders: [],
      files: ["clients/randomRequests.test.ts"],
      options: noTimeout,
      env,
    }),
    tests("the dynamic host and the native plugin", { folders: ["host"], options: noTimeout, env }),
    pulumiCliStep,
    tests("the real CLI", {
      folders: [],
      files: [
        "engine/kills.test.ts",
        "engine/cancellation.test.ts",
        "engine/native/cancelAtAllPoints.test.ts",
      ],
      options: [...noTimeout, ...parallel],
      env,
    }),
    ...(amount === "full" ? [engineTestsOfPlugin(parallel)] : []),
    mutationStep,
  ];
}

/** `npm test` runs most engine tests with the dynamic provider alone. */
function engineTestsOfPlugin(options: readonly string[]): Step {
  const env = { PULUMI_APIFY_SHELLS: "native" };
  return tests("the real CLI, native plugin", { folders: ["engine"], options, env });
}

function comparisonStep(summaries: Summary[]): Step {
  return {
    name: "comparison",
    async run() {
      summaries.push(...summarise(await compare()));
      return onePassed;
    },
  };
}

figures(process.argv.includes("--quick") ? "quick" : "full").catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
