import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { oneFailed, onePassed } from "../testing/counts";
import { root, runShown } from "../testing/tool";
import type { Step } from "../testing/steps";

/** How many of the changes to the sources were detected by a test. */
export interface MutationScore {
  readonly detected: number;
  readonly valid: number;
  readonly percent: number;
}

/** The report, as set in `stryker.config.mjs`. */
const report = join(root, ".cache", "mutation", "report.json");

/** Runs the mutation test. */
export const mutationStep: Step = {
  name: "mutation test",
  async run() {
    // An old report must not pass for that of this run.
    rmSync(report, { force: true });
    const { exitCode } = await runShown({
      package: "@stryker-mutator/core",
      program: "stryker",
      args: ["run"],
    });
    return exitCode === 0 ? onePassed : oneFailed;
  },
};

/** The score of the last mutation test; undefined if it wrote no report. */
export function lastMutationScore(): MutationScore | undefined {
  return existsSync(report) ? mutationScore(readFileSync(report, "utf8")) : undefined;
}

/** The score of a report: https://stryker-mutator.io/docs/mutation-testing-elements/mutant-states-and-metrics/ */
export function mutationScore(reportJson: string): MutationScore {
  const { files } = JSON.parse(reportJson) as {
    files: Readonly<Record<string, { mutants: readonly { status: string }[] }>>;
  };
  const statuses = Object.values(files).flatMap(({ mutants }) =>
    mutants.map(({ status }) => status),
  );
  const count = (counted: readonly string[]): number =>
    statuses.filter((status) => counted.includes(status)).length;
  const detected = count(["Killed", "Timeout"]);
  const valid = detected + count(["Survived", "NoCoverage"]);
  return { detected, valid, percent: valid === 0 ? 0 : (100 * detected) / valid };
}
