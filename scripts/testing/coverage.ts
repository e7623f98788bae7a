import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { transpileModule, ModuleKind } from "typescript";
import { check, type Step } from "./steps";
import { root } from "./tool";

const folder = join(root, "coverage");
const rawFolder = join(folder, "raw");

/** Makes Node write what its processes covered to where {@link coverageCheck} reads it. */
export function collectCoverage(): Readonly<Record<string, string>> {
  rmSync(folder, { recursive: true, force: true });
  return { NODE_V8_COVERAGE: rawFolder };
}

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

/** Nothing is left of these to run, and `--all` would count each of their lines as never run. */
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
