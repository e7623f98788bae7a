import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runCommand } from "../pulumi-cli/command";
import { schemaPath } from "../schema/schema";
import { root } from "../testing/tool";
import { goEnvironment, goFlags, makeGoModule } from "./goModule";

/** The languages whose packages this repository can make. */
export const sdkLanguages = ["python", "go"] as const;

/** One of them. */
export type SdkLanguage = (typeof sdkLanguages)[number];

/** Writes the sources of the package of a language into a folder. The first time, Go compiles Pulumi's generators. */
export async function generateSdk(language: SdkLanguage, folder: string): Promise<void> {
  const module = mkdtempSync(join(tmpdir(), "pulumi-apify-sdk-"));
  try {
    makeGoModule(module, { module: "generator" });
    const program = join(root, "scripts/sdk/generator/main.go");
    await runCommand(
      "go",
      ["run", ...goFlags, program, language, join(root, schemaPath), resolve(folder)],
      { cwd: module, env: goEnvironment },
    );
  } finally {
    rmSync(module, { recursive: true, force: true });
  }
}
