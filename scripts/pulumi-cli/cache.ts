import { createHash, randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { checkBinFolder } from "./binFolder";
import { isAlive } from "./lock";
import * as recipe from "./recipe";
import type { PulumiCli, Source, Way } from "./ways";

/** A place in the user's cache folder, so that several checkouts share one CLI. */
export interface Cache {
  readonly folder: string;
  /** Names the subfolder for this recipe on this kind of machine. */
  readonly key: string;
}

export interface KeyParts {
  readonly os: string;
  readonly arch: string;
  /** Whatever the binaries are made from. */
  readonly contents: readonly string[];
}

export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const chosen = env.PULUMI_APIFY_CLI_CACHE;
  if (chosen !== undefined && chosen !== "") return chosen;
  const userCache = env.XDG_CACHE_HOME ?? "";
  return join(
    userCache === "" ? join(homedir(), ".cache") : userCache,
    "pulumi-apify",
    "pulumi-cli",
  );
}

export function versionKey({ os, arch, contents }: KeyParts): string {
  const hash = createHash("sha256").update(JSON.stringify(contents)).digest("hex").slice(0, 12);
  return `${recipe.cliVersion}-host-${recipe.hostVersion}-${os}-${arch}-${hash}`;
}

export async function openCache(env: NodeJS.ProcessEnv): Promise<Cache> {
  const { cliBinary, hostBinary, buildFlags, buildEnvironment, launcherModule } = recipe;
  const contents = [JSON.stringify({ buildFlags, buildEnvironment, launcherModule })];
  for (const { moduleFolder, package: goPackage, linkerFlags } of [cliBinary, hostBinary]) {
    contents.push(`${goPackage} ${linkerFlags}`);
    for (const file of ["go.mod", "go.sum"]) {
      contents.push(await readFile(join(moduleFolder, file), "utf8"));
    }
  }
  const key = versionKey({ os: process.platform, arch: process.arch, contents });
  return { folder: cacheFolder(env), key };
}

export function cachedWay(cache: Cache): Way {
  return { source: "cached", get: () => kept(cache, "cached") };
}

async function kept({ folder, key }: Cache, source: Source): Promise<PulumiCli> {
  const binFolder = join(folder, key, "bin");
  await checkBinFolder(binFolder, recipe.cliVersion);
  return { pulumi: join(binFolder, "pulumi"), binFolder, version: recipe.cliVersion, source };
}

/**
 * Fills the cache so that it never holds half a CLI: `make` fills a temporary sibling, whose `bin`
 * folder is checked and then renamed into place.
 */
export async function fillCache(
  cache: Cache,
  source: Source,
  make: (root: string) => Promise<void>,
): Promise<PulumiCli> {
  await removeDeadLeftovers(cache.folder);
  const temporary = () => join(cache.folder, `${cache.key}.tmp-${process.pid}-${randomUUID()}`);
  const root = temporary();
  const unusable = temporary();
  await mkdir(root, { recursive: true });
  const forget = whenAskedToEnd(() => {
    rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  });
  try {
    await make(root);
    await checkBinFolder(join(root, "bin"), recipe.cliVersion);
    const place = join(cache.folder, cache.key);
    await rename(place, unusable).catch(() => undefined);
    await rename(root, place);
  } finally {
    forget();
    await rm(root, { recursive: true, force: true });
    await rm(unusable, { recursive: true, force: true });
  }
  return kept(cache, source);
}

/** A build takes minutes and gigabytes: who ends it early is not to be left with the latter. */
function whenAskedToEnd(tidyUp: () => void): () => void {
  const end = (_: NodeJS.Signals, signalNumber: number): void => {
    tidyUp();
    process.exit(128 + signalNumber);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.once(signal, end);
  return () => {
    for (const signal of signals) process.off(signal, end);
  };
}

/** Temporary folders carry the id of their process; one that is killed by force cannot tidy up itself. */
async function removeDeadLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = /\.tmp-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}
