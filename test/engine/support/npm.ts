import { execFileSync } from "node:child_process";
import { unlinkSync } from "node:fs";
import { join, resolve } from "node:path";

const repository = resolve(__dirname, "../../..");

/** Lets npm find the registry and the cache of whoever runs the tests, although a project has a home of its own. */
export function npmEnvironment(): Record<string, string> {
  const config = (key: string): string => npm(repository, "config", "get", key).trim();
  return {
    npm_config_userconfig: config("userconfig"),
    npm_config_cache: config("cache"),
    npm_config_prefer_offline: "true",
  };
}

/**
 * Gives a project packages of its own and a lock file, with this package as it would be published, in the
 * place of the link to the repository's.
 */
export function installPackages(folder: string): void {
  unlinkSync(join(folder, "node_modules"));
  const packed = npm(
    repository,
    "pack",
    "--ignore-scripts",
    "--json",
    "--pack-destination",
    folder,
  );
  const [{ filename }] = JSON.parse(packed) as readonly [{ readonly filename: string }];
  npm(folder, "install", "--prefer-offline", "--no-audit", "--no-fund", join(folder, filename));
}

function npm(folder: string, ...args: readonly string[]): string {
  return execFileSync("npm", args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}
