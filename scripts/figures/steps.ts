import { compare } from "../compare/compare";
import { summarise, type Summary } from "../compare/report";
import { onePassed } from "../testing/counts";
import { pulumiCliStep } from "../testing/pulumiCliStep";
import { tests, type Step } from "../testing/steps";
import { mutationStep } from "./mutation";

/** What the steps leave behind. */
export interface Collection {
  /** What the tests append their figures to. */
  readonly file: string;
  readonly amount: "quick" | "full";
  /** Filled by the comparison. */
  readonly comparison: Summary[];
}

/** The steps in which everything is counted. */
export function figureSteps({ file, amount, comparison }: Collection): readonly Step[] {
  const env = { PULUMI_APIFY_FIGURES: file, PULUMI_APIFY_FIGURES_AMOUNT: amount };
  // The full amounts take minutes in one test.
  const noTimeout = ["--timeout", "0"];
  const parallel = ["--parallel", "--jobs", "2"];
  return [
    tests("faults in process", { folders: ["faults"], options: [...noTimeout, ...parallel], env }),
    tests("the real host", { folders: ["host"], options: noTimeout, env }),
    pulumiCliStep,
    tests("the real CLI", {
      folders: [],
      files: ["engine/kills.test.ts", "engine/cancellation.test.ts"],
      options: [...noTimeout, ...parallel],
      env,
    }),
    mutationStep,
    {
      name: "comparison",
      async run() {
        comparison.push(...summarise(await compare()));
        return onePassed;
      },
    },
  ];
}
