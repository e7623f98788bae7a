import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runCommand } from "../pulumi-cli/command";
import { schemaPath } from "../schema/schema";
import { root } from "../testing/tool";
import { goEnvironment, goFlags, makeGoModule } from "./goModule";

const folderOfGenerators = join(root, "scripts/sdk/generator");

/** Where Pulumi's generator for a language is. */
interface Generator {
  /** The file that calls it. */
  readonly file: string;
  /** The versions of its modules, if they are not those of the CLI. */
  readonly versions?: string;
}

const generators = {
  python: { file: "go_python.go" },
  go: { file: "go_python.go" },
  // Later versions of Pulumi's Go modules have no generator for C#.
  csharp: { file: "csharp.go", versions: join(folderOfGenerators, "csharp-versions") },
} as const satisfies Readonly<Record<string, Generator>>;

/** A language whose package this repository can make. */
export type SdkLanguage = keyof typeof generators;

/** All of them. */
export const sdkLanguages = Object.keys(generators) as readonly SdkLanguage[];

/** Writes the sources of the package of a language into a folder. The first time, Go compiles Pulumi's generators. */
export async function generateSdk(language: SdkLanguage, folder: string): Promise<void> {
  const module = mkdtempSync(join(tmpdir(), "pulumi-apify-sdk-"));
  try {
    const { file, ...pinned }: Generator = generators[language];
    makeGoModule(module, { module: "generator", ...pinned });
    const program = ["main.go", file].map((each) => join(folderOfGenerators, each));
    await runCommand(
      "go",
      ["run", ...goFlags, ...program, language, join(root, schemaPath), resolve(folder)],
      { cwd: module, env: goEnvironment },
    );
  } finally {
    rmSync(module, { recursive: true, force: true });
  }
}
