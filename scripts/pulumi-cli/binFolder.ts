import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { runCommand } from "./command";
import { parseVersion, showVersion } from "./version";

/** What `pulumi up` starts for a TypeScript program with a dynamic provider, besides the CLI. */
export const companions = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"] as const;

const versionTimeoutMs = 30_000;

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function pathFolders(path: string | undefined): string[] {
  return (path ?? "").split(delimiter).filter((folder) => folder !== "");
}

/** The first folder that holds an executable of this name. */
export async function folderWith(
  name: string,
  folders: readonly string[],
): Promise<string | undefined> {
  for (const folder of folders) {
    if (await isExecutable(join(folder, name))) return folder;
  }
  return undefined;
}

/** Asks the binary itself: a half-written or foreign one cannot answer. */
export async function versionOf(pulumi: string): Promise<string> {
  const output = await runCommand(pulumi, ["version"], {
    env: { PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: versionTimeoutMs,
  });
  const version = parseVersion(output);
  if (!version) throw new Error(`\`${pulumi} version\` printed no version: ${output}`);
  return showVersion(version);
}

/** Rejects unless the folder holds all that is needed, in the version wanted. */
export async function checkBinFolder(binFolder: string, wanted: string): Promise<void> {
  for (const name of ["pulumi", ...companions]) {
    if (!(await isExecutable(join(binFolder, name)))) {
      throw new Error(`there is no \`${name}\` in ${binFolder}`);
    }
  }
  const version = await versionOf(join(binFolder, "pulumi"));
  if (version !== wanted) throw new Error(`${binFolder} holds version ${version}, not ${wanted}`);
}
