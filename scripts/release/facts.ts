import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { referencePath, withGeneratedParts } from "../reference/page";
import { schemaPath, schemaText } from "../schema/schema";
import { root } from "../testing/tool";

/** What decides whether a version may be released, as far as it can be read. */
export interface ReleaseFacts {
  /** The version in `package.json`. */
  readonly version: string;
  /** The tag that is to be released, such as `v1.0.0`; absent when a person asks before there is one. */
  readonly tag: string | undefined;
  /** The version that other places name, by the place. */
  readonly versions: ReadonlyMap<string, string | undefined>;
  /** Whether `package.json` names the repository, which npm's provenance compares with where the workflow ran. */
  readonly repository: "named" | "missing";
  readonly changelog: string;
  /** Generated files that are not what their sources give, with the command that writes each. */
  readonly outdated: readonly string[];
  /** The folders of kept states, with the names of their files. */
  readonly keptStates: ReadonlyMap<string, readonly string[]>;
  /** The files that git would commit, as `git status` lists them. */
  readonly uncommitted: readonly string[];
}

interface Manifest {
  readonly version: string;
  readonly repository?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Reads the facts of this checkout. */
export async function readReleaseFacts(tag: string | undefined): Promise<ReleaseFacts> {
  const { version, repository } = manifest("package.json");
  return {
    version,
    tag,
    versions: namedVersions(),
    repository: repository === undefined ? "missing" : "named",
    changelog: textOf("CHANGELOG.md"),
    outdated: await outdatedFiles(),
    keptStates: new Map(
      ["test/fixtures/state", "test/fixtures/taskState"].map((folder) => [
        folder,
        readdirSync(join(root, folder)),
      ]),
    ),
    uncommitted: execFileSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" })
      .split("\n")
      .filter((line) => line !== ""),
  };
}

function namedVersions(): ReadonlyMap<string, string | undefined> {
  const named = (path: string, pattern: RegExp): readonly [string, string | undefined] => [
    path,
    pattern.exec(textOf(path))?.[1],
  ];
  const tarball = /pulumi-apify-(\d[\w.-]*?)\.tgz/;
  return new Map([
    ["package-lock.json", manifest("package-lock.json").version],
    [schemaPath, manifest(schemaPath).version],
    named("provider/resources/userAgent.ts", /version = "(.*)"/),
    named("README.md", tarball),
    named("examples/github-actions/README.md", tarball),
    ...examples().map((path) => {
      const range = manifest(path).dependencies?.["pulumi-apify"];
      return [path, range?.replace(/^\^/, "")] as const;
    }),
  ]);
}

function examples(): readonly string[] {
  return readdirSync(join(root, "examples"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "actors")
    .map(({ name }) => `examples/${name}/package.json`);
}

async function outdatedFiles(): Promise<readonly string[]> {
  const page = textOf(referencePath);
  const generated = [
    { path: referencePath, is: page, wanted: await withGeneratedParts(page), command: "docs" },
    { path: schemaPath, is: textOf(schemaPath), wanted: await schemaText(), command: "schema" },
  ];
  return generated
    .filter(({ is, wanted }) => is !== wanted)
    .map(({ path, command }) => `${path} (\`npm run ${command}\`)`);
}

function manifest(path: string): Manifest {
  return JSON.parse(textOf(path)) as Manifest;
}

function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
