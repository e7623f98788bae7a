import { access } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "./command";

/** Where Go keeps what it downloads and what it compiles, as the environment variables that say so. */
export interface GoCaches {
  readonly GOMODCACHE: string;
  readonly GOCACHE: string;
}

/** The caches of whoever runs this, whether they exist or not. */
export async function ownGoCaches(): Promise<GoCaches> {
  return JSON.parse(await runCommand("go", ["env", "-json", "GOMODCACHE", "GOCACHE"])) as GoCaches;
}

/**
 * The user's own caches where they exist, as they may hold what would be fetched again. In the place
 * of one that does not, a folder in `temporary`: the build fills gigabytes that nobody needs later.
 */
export async function cachesFor(own: GoCaches, temporary: string): Promise<GoCaches> {
  return {
    GOMODCACHE: (await exists(own.GOMODCACHE)) ? own.GOMODCACHE : join(temporary, "modules"),
    GOCACHE: (await exists(own.GOCACHE)) ? own.GOCACHE : join(temporary, "build"),
  };
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
