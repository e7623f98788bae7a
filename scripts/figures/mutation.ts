import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { oneFailed, onePassed } from "../testing/counts";
import { root, runShown } from "../testing/tool";
import type { Step } from "../testing/steps";

/** How many of the changes that were made to the sources some test noticed. */
export interface MutationScore {
  readonly detected: number;
  readonly valid: number;
  readonly percent: number;
}

/** Where `stryker.config.mjs` has the report written. */
const report = join(root, ".cache", "mutation", "report.json");

/** Runs the mutation test. */
export const mutationStep: Step = {
  name: "mutation test",
  async run() {
    // An old one must not stand for this run's.
    rmSync(report, { force: true });
    const { exitCode } = await runShown({
      package: "@stryker-mutator/core",
      program: "stryker",
      args: ["run"],
    });
    return exitCode === 0 ? onePassed : oneFailed;
  },
};

/** What the last mutation test came to, if it wrote its report. */
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
  const among = (wanted: readonly string[]): number =>
    statuses.filter((status) => wanted.includes(status)).length;
  const detected = among(["Killed", "Timeout"]);
  const valid = detected + among(["Survived", "NoCoverage"]);
  return { detected, valid, percent: valid === 0 ? 0 : (100 * detected) / valid };
}
