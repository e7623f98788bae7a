import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pulumiCli } from "../pulumi-cli";
import { mochaCounts, oneFailed, onePassed, sum } from "./counts";
import { root, runCaptured, runShown } from "./tool";
import type { Counts } from "./counts";
import type { Tool } from "./tool";

/** One step of a test run. */
export interface Step {
  readonly name: string;
  run(): Promise<Counts>;
}

/**
 * A step of independent checks, by name: each passes if its tool does, and its output is printed only if it fails. Two run at
 * a time, since most tools use one processor.
 */
export function checks(name: string, tools: Readonly<Record<string, Tool>>): Step {
  return {
    name,
    async run() {
      const left = Object.entries(tools).values();
      const results: Counts[] = [];
      const runThem = async (): Promise<void> => {
        for (const [checked, tool] of left) {
          const { exitCode, output } = await runCaptured(tool);
          results.push(exitCode === 0 ? onePassed : oneFailed);
          if (exitCode !== 0) console.log(`${checked}:\n${output.trimEnd()}`);
        }
      };
      await Promise.all([runThem(), runThem()]);
      return sum(results);
    },
  };
}

/** A step of one check. */
export function check(name: string, tool: Tool): Step {
  return checks(name, { [name]: tool });
}

/** The tests and options of a mocha run. */
export interface MochaRun {
  /** Folders of test/. Each must contain tests, so that a renamed one is noticed. */
  readonly folders: readonly string[];
  /** Patterns of further files of test/. */
  readonly files?: readonly string[];
  readonly options?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A step that runs tests with mocha. */
export function tests(
  name: string,
  { folders, files = [], options = [], env = {} }: MochaRun,
): Step {
  return {
    name,
    async run() {
      const empty = folders.filter((folder) => !containsTests(folder));
      for (const folder of empty) console.log(`There are no tests in test/${folder}.`);
      const patterns = [...folders.map((folder) => `${folder}/**/*.test.ts`), ...files];
      const counts = await countedMochaRun(
        [...options, ...patterns.map((pattern) => `test/${pattern}`)],
        env,
      );
      return empty.length === folders.length
        ? counts
        : sum([counts, ...empty.map(() => oneFailed)]);
    },
  };
}

/** Gets the Pulumi CLI for the steps after this one. */
export const pulumiCliStep: Step = {
  name: "pulumi CLI",
  async run() {
    const { binFolder, version, source } = await pulumiCli();
    console.log(`${version} (${source})`);
    // The mocha processes of later steps inherit this variable.
    process.env.PULUMI_APIFY_CLI_BIN = binFolder;
    return onePassed;
  },
};

/** Runs all steps, even after one failed, and lists the failed ones at the end. */
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

async function countedMochaRun(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-apify-test-"));
  const file = join(folder, "counts");
  try {
    const { exitCode } = await runShown({
      package: "mocha",
      program: "mocha",
      args: ["--reporter", join(__dirname, "countingReporter.cjs"), ...args],
      env: { ...env, PULUMI_APIFY_TEST_COUNTS: file },
    });
    return mochaCounts(exitCode, existsSync(file) ? readFileSync(file, "utf8") : "");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function containsTests(folder: string): boolean {
  const path = join(root, "test", folder);
  if (!existsSync(path)) return false;
  return readdirSync(path, { recursive: true }).some((file) => String(file).endsWith(".test.ts"));
}
