import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../pulumi-cli/command";
import { root } from "../testing/tool";

/** A tarball as `npm publish` would upload it. */
export interface Packed {
  readonly path: string;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
}

/** Packs this package into a folder, with `dist` and `plugin` as they are: a build would disturb tests that use them. */
export async function packPackage(folder: string): Promise<Packed> {
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const [packed] = JSON.parse(await runCommand("npm", args, { cwd: root })) as readonly [
    { readonly filename: string; readonly size: number; readonly unpackedSize: number },
  ];
  const { filename, size, unpackedSize } = packed;
  return { path: join(folder, filename), packedBytes: size, unpackedBytes: unpackedSize };
}

/** Installs packages in a new project, as a user does, and returns its `node_modules`. */
export async function installInProject(
  folder: string,
  packages: readonly string[],
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "installation", private: true }),
  );
  const flags = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel", "error"];
  await runCommand("npm", ["install", ...flags, ...packages], { cwd: folder });
  return join(folder, "node_modules");
}
