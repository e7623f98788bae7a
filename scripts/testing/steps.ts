import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mochaCounts, oneFailed, onePassed, sum, type Counts } from "./counts";
import { root, runCaptured, runShown, type Tool } from "./tool";

export interface Step {
  readonly name: string;
  run(): Promise<Counts>;
}

/** A tool that says yes or no; what it prints matters only when it says no. */
export function check(name: string, tool: Tool): Step {
  return {
    name,
    async run() {
      const { exitCode, output } = await runCaptured(tool);
      if (exitCode === 0) return onePassed;
      console.log(output.trimEnd());
      return oneFailed;
    },
  };
}

export interface MochaRun {
  /** Folders of test/; each must hold tests, so that a renamed one cannot drop out unseen. */
  readonly folders: readonly string[];
  /** Patterns of further files of test/. */
  readonly files?: readonly string[];
  readonly options?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export function tests(
  name: string,
  { folders, files = [], options = [], env = {} }: MochaRun,
): Step {
  return {
    name,
    async run() {
      const empty = folders.filter((folder) => !holdsTests(folder));
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

function holdsTests(folder: string): boolean {
  const path = join(root, "test", folder);
  if (!existsSync(path)) return false;
  return readdirSync(path, { recursive: true }).some((file) => String(file).endsWith(".test.ts"));
}
