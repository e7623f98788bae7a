import { existsSync } from "node:fs";
import { join } from "node:path";
import { output, root } from "./checkout";

/** The release that runs on the oldest Node.js of this package. */
const release = "pnpm@10";

/** Lies where `npm ci` removes it. */
const cache = join(root, "node_modules/.cache/pulumi-apify/pnpm");

/** Installs the packages of a folder with pnpm, which npm fetches the first time. */
export async function pnpmInstall(folder: string): Promise<void> {
  const program = join(cache, "node_modules/pnpm/bin/pnpm.cjs");
  if (!existsSync(program)) {
    await output(root, "npm", ["install", "--prefix", cache, "--no-save", release]);
  }
  const store = ["--store-dir", join(cache, "store"), "--prefer-offline"];
  await output(folder, process.execPath, [program, "install", "--no-frozen-lockfile", ...store]);
}
