import { join } from "node:path";
import { findCached, openCache, withLock } from "./cache";
import { startProgress } from "./command";
import { findInstalled } from "./installed";
import { buildWithGo, cacheKey, cliVersion, downloadWithInstaller, oldestGo } from "./provision";
import type { CliBinaries } from "./installed";

/** Where a Pulumi CLI came from. */
export type Source = "installed" | "cached" | "installer" | "built";

/** A Pulumi CLI that works. */
export interface PulumiCli extends CliBinaries {
  readonly source: Source;
}

/** One way to get a Pulumi CLI; `get` rejects with the reason if it is not possible here. */
export interface Way {
  readonly source: Source;
  readonly get: () => Promise<CliBinaries>;
}

/** The ways to get a Pulumi CLI, in the order in which they are tried. */
export interface Plan {
  /** Ways that only look for an existing CLI. */
  readonly find: readonly Way[];
  /** Ways that download or build one, which only one process may do at a time. */
  readonly make: readonly Way[];
  readonly exclusively: (work: () => Promise<PulumiCli>) => Promise<PulumiCli>;
}

interface Failure {
  readonly source: Source;
  readonly reason: string;
}

/**
 * Gets a Pulumi CLI: the installed one, else the one in this project's cache, else a new one from
 * Pulumi's installer, else one built from its Go modules.
 *
 * @throws Error that says what to install, and why each way failed
 */
export async function pulumiCli(): Promise<PulumiCli> {
  const cache = openCache(process.env, { key: await cacheKey(), version: cliVersion });
  return obtain({
    find: [
      { source: "installed", get: () => findInstalled(process.env.PATH) },
      { source: "cached", get: () => findCached(cache) },
    ],
    make: [
      { source: "installer", get: () => downloadWithInstaller(cache) },
      { source: "built", get: () => buildWithGo(cache) },
    ],
    exclusively: (work) =>
      withLock(join(cache.folder, "lock"), work, {
        onWait: (holder) =>
          startProgress(
            `waiting for ${holder}, which is getting the Pulumi CLI for both (this can take 20 minutes)`,
          ),
      }),
  });
}

/** Tries the ways of a plan in their order. */
export async function obtain({ find, make, exclusively }: Plan): Promise<PulumiCli> {
  const found = await firstPossible(find);
  if (isCli(found)) return found;
  return exclusively(async () => {
    // Looks again: another process may have made one while this one waited for the lock.
    const obtained = await firstPossible([...find, ...make]);
    if (isCli(obtained)) return obtained;
    throw new Error(explain(obtained));
  });
}

function isCli(result: PulumiCli | readonly Failure[]): result is PulumiCli {
  return !Array.isArray(result);
}

async function firstPossible(ways: readonly Way[]): Promise<PulumiCli | readonly Failure[]> {
  const failures: Failure[] = [];
  for (const { source, get } of ways) {
    try {
      return { ...(await get()), source };
    } catch (error) {
      failures.push({ source, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return failures;
}

const labels: Readonly<Record<Source, string>> = {
  installed: "installed on this machine",
  cached: "cached by an earlier run",
  installer: "downloaded by Pulumi's installer",
  built: "built from its Go modules",
};

function explain(failures: readonly Failure[]): string {
  const reasons = failures.map(
    ({ source, reason }) => `  - ${labels[source]}: ${reason.replaceAll("\n", "\n    ")}`,
  );
  return [
    "There is no Pulumi CLI. Install one of these and run the same command again:",
    "  - the Pulumi CLI: https://www.pulumi.com/docs/install/",
    `  - or Go ${oldestGo} or newer, with which this project builds the CLI`,
    "What was tried:",
    ...reasons,
  ].join("\n");
}
