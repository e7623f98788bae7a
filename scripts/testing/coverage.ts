import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, transpileModule } from "typescript";
import { check } from "./steps";
import { root } from "./tool";
import type { Step } from "./steps";

const folder = join(root, "coverage");
const rawFolder = join(folder, "raw");

/** Deletes old coverage and returns the environment variables with which Node collects new. */
export function collectCoverage(): Readonly<Record<string, string>> {
  rmSync(folder, { recursive: true, force: true });
  return { NODE_V8_COVERAGE: rawFolder };
}

/** A check of the collected coverage of provider/. */
export function coverageCheck(name: string): Step {
  const options = ["--all", "--include", "provider/**", "--temp-directory", rawFolder];
  const excluded = filesOfTypesOnly("provider").flatMap((file) => ["--exclude", file]);
  const thresholds = ["--check-coverage", "--lines", "95", "--branches", "90"];
  return check(name, {
    package: "c8",
    program: "c8",
    args: ["report", ...options, ...excluded, ...thresholds],
  });
}

/** Files without code at run time. `--all` would count each of their lines as not covered. */
function filesOfTypesOnly(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true })
    .map((file) => `${folder}/${String(file)}`)
    .filter((file) => file.endsWith(".ts"))
    .filter((file) => !hasCode(readFileSync(join(root, file), "utf8")));
}

function hasCode(source: string): boolean {
  const { outputText } = transpileModule(source, {
    compilerOptions: { module: ModuleKind.ESNext, removeComments: true },
  });
  return outputText.replace("export {};", "").trim() !== "";
}
