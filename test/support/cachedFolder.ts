import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { withLock } from "../../scripts/pulumi-cli/cache";

const cache = resolve(__dirname, "../../.cache");

/** Returns a folder of the project's cache, which the first call fills. */
export async function cachedFolder(
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cache, name);
  const filled = join(folder, "filled");
  if (existsSync(filled)) return folder;
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(filled)) return;
    // What an interrupted call has left.
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await fill(folder);
    writeFileSync(filled, "");
  });
  return folder;
}

/** A short name for contents that a folder is made from. */
export function shortHash(...contents: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex").slice(0, 8);
}
