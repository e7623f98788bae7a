import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../pulumi-cli/command";
import { root } from "../testing/tool";

/** The releases of Node.js that are tried: the oldest that the package allows, and each with long-term support since. */
export const nodeReleases = ["20", "22", "24", "26"] as const;

/** The versions of `@pulumi/pulumi` that package.json names. */
export interface PulumiVersions {
  /** The lowest that the range of the peer dependency allows. */
  readonly lowest: string;
  /** The one that all other tests use. */
  readonly pinned: string;
}

/** Reads the versions of `@pulumi/pulumi` from package.json. */
export function pulumiVersions(): PulumiVersions {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly peerDependencies: { readonly "@pulumi/pulumi": string };
    readonly devDependencies: { readonly "@pulumi/pulumi": string };
  };
  const range = manifest.peerDependencies["@pulumi/pulumi"];
  const lowest = /^\^(\d+\.\d+\.\d+)$/.exec(range)?.[1];
  if (lowest === undefined) throw new Error(`The range "${range}" does not begin with ^.`);
  return { lowest, pinned: manifest.devDependencies["@pulumi/pulumi"] };
}

/** The newest version of `@pulumi/pulumi` in the registry. */
export function newestPulumi(): Promise<string> {
  return runCommand("npm", ["view", "@pulumi/pulumi", "version"]);
}

/** A Node.js in a folder of its own. */
export interface NodeBinary {
  readonly version: string;
  /** The folder to put first into `PATH`. */
  readonly binFolder: string;
}

/** The newest Node.js of a release, from the npm package `node`, which has the binary for each platform. */
export async function nodeBinary(release: string): Promise<NodeBinary> {
  const folder = join(root, "node_modules/.cache/pulumi-apify/node", release);
  const binFolder = join(folder, "node_modules/node/bin");
  const program = join(binFolder, "node");
  if (!existsSync(program)) {
    await runCommand("npm", ["install", "--prefix", folder, "--no-save", `node@${release}`]);
  }
  const version = await runCommand(program, ["--version"]);
  return { version: version.replace(/^v/, ""), binFolder };
}
