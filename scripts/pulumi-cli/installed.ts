import { access, constants, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { runCommand } from "./command";
import { companions } from "./hosts/hosts";

/** A Pulumi CLI and the programs that it starts. */
export interface CliBinaries {
  /** Absolute path of the `pulumi` binary. */
  readonly pulumi: string;
  /** The folder of the binary, which goes first in PATH. */
  readonly binFolder: string;
  readonly version: string;
}

/** A version without its pre-release tag. */
export type Version = readonly [major: number, minor: number, patch: number];

/** Older CLIs show the diffs of dynamic providers wrongly or not at all. */
const oldestVersion: Version = [3, 216, 0];

const versionTimeoutMillis = 30_000;

/** Finds a Pulumi CLI on PATH; rejects if there is none, or if it is too old or incomplete. */
export async function findInstalled(path = ""): Promise<CliBinaries> {
  const folders = path.split(delimiter).filter((folder) => folder !== "");
  const binFolder = await folderWith("pulumi", folders);
  if (binFolder === undefined) throw new Error("there is no `pulumi` on PATH");
  const pulumi = join(binFolder, "pulumi");
  const version = await versionOf(pulumi);
  if (!isSupported(version)) {
    const oldest = oldestVersion.join(".");
    throw new Error(`${pulumi} is version ${version}; ${oldest} or newer is needed`);
  }
  // The CLI looks in the folder of its path, in that of the resolved path, and on PATH.
  const searched = [binFolder, dirname(await realpath(pulumi)), ...folders];
  for (const name of companions) {
    if ((await folderWith(name, searched)) === undefined) {
      throw new Error(`${pulumi} comes without \`${name}\`, which Pulumi programs need`);
    }
  }
  return { pulumi, binFolder, version };
}

/** Rejects unless the folder has all binaries, in the expected version. */
export async function checkBinFolder(binFolder: string, expected: string): Promise<void> {
  for (const name of ["pulumi", ...companions]) {
    if (!(await isExecutable(join(binFolder, name)))) {
      throw new Error(`there is no \`${name}\` in ${binFolder}`);
    }
  }
  const version = await versionOf(join(binFolder, "pulumi"));
  if (version !== expected) throw new Error(`${binFolder} has version ${version}, not ${expected}`);
}

/** The first `1.2.3` in a text. */
export function parseVersion(text: string): Version | undefined {
  const match = /(\d+)\.(\d+)\.(\d+)/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

/** Negative if `a` is older than `b`, 0 if they are the same, positive if `a` is newer. */
export function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** Whether this project works with an installed CLI of this version. */
export function isSupported(version: string): boolean {
  const parsed = parseVersion(version);
  return parsed !== undefined && compareVersions(parsed, oldestVersion) >= 0;
}

/** Runs the binary, which an incomplete or foreign one would not survive. */
async function versionOf(pulumi: string): Promise<string> {
  // Not the user's own home: even `pulumi version` writes logs there.
  const home = await mkdtemp(join(tmpdir(), "pulumi-apify-home-"));
  try {
    const output = await runCommand(pulumi, ["version"], {
      env: { PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
      timeoutMillis: versionTimeoutMillis,
    });
    const version = parseVersion(output);
    if (version === undefined)
      throw new Error(`\`${pulumi} version\` printed no version: ${output}`);
    return version.join(".");
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function folderWith(name: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    if (await isExecutable(join(folder, name))) return folder;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
