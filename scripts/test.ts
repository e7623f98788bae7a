import { verdict } from "./testing/counts";
import { collectCoverage, coverageCheck } from "./testing/coverage";
import { check, checks, pulumiCliStep, runSteps, tests } from "./testing/steps";
import type { Step } from "./testing/steps";

const inParallel = ["--parallel", "--jobs", "2"];
/** The commands of a deployment wait for one another, and leave a processor idle. */
const threeAtOnce = ["--parallel", "--jobs", "3"];
const coverage = collectCoverage();

const steps: readonly Step[] = [
  checks("checks", {
    lint: { package: "eslint", program: "eslint", args: ["."] },
    types: { package: "typescript", program: "tsc", args: ["-p", "tsconfig.json"] },
    "API reference": { package: "typedoc", program: "typedoc", args: ["--emit", "none"] },
    imports: {
      package: "dependency-cruiser",
      program: "depcruise",
      args: ["provider", "emulator", "scripts", "test"],
    },
    format: { package: "prettier", program: "prettier", args: ["--check", "."] },
    "dead code": { package: "knip", program: "knip", args: [] },
  }),
  tests("unit tests", {
    folders: ["provider", "emulator", "scripts"],
    options: inParallel,
    env: coverage,
  }),
  tests("host tests", { folders: ["host"], options: inParallel, env: coverage }),
  coverageCheck("coverage"),
  tests("fault tests", { folders: ["faults"], options: inParallel }),
  tests("client tests", { folders: ["clients"], options: inParallel }),
  pulumiCliStep,
  tests("browser tests", { folders: ["browser"], options: inParallel }),
  tests("engine tests", { folders: ["engine"], options: threeAtOnce }),
  check("package layout", { package: "publint", program: "publint", args: ["run", "--strict"] }),
  // node16: older resolution ignores `exports`, and `typesVersions` tells it only of the emulator and of the native plugin.
  check("package types", {
    package: "@arethetypeswrong/cli",
    program: "attw",
    args: ["--pack", ".", "--profile", "node16", "--no-definitely-typed"],
  }),
  tests("package tests", { folders: ["package"], options: inParallel }),
  tests("packages of other languages", { folders: ["sdks"], options: inParallel }),
];

runSteps(steps)
  .then((counts) => {
    process.exitCode = counts.failed === 0 ? 0 : 1;
    console.log(`\n${verdict(counts)}`);
  })
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
