import { randomUUID } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { homedir, hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkBinFolder } from "./installed";
import type { CliBinaries } from "./installed";

/** The place of one Pulumi CLI in the user's cache folder, where all checkouts share it. */
export interface Cache {
  readonly folder: string;
  /** The name of the CLI's subfolder. */
  readonly key: string;
  readonly version: string;
}

/** The cache of this project: `PULUMI_APIFY_CLI_CACHE`, else in the user's cache folder. */
export function openCache(env: NodeJS.ProcessEnv, cli: Omit<Cache, "folder">): Cache {
  const userCache = nonEmpty(env.XDG_CACHE_HOME) ?? join(homedir(), ".cache");
  const chosen = nonEmpty(env.PULUMI_APIFY_CLI_CACHE);
  return { folder: chosen ?? join(userCache, "pulumi-apify", "pulumi-cli"), ...cli };
}

function nonEmpty(variable: string | undefined): string | undefined {
  return variable === "" ? undefined : variable;
}

/** The CLI in the cache; rejects if there is none or it does not work. */
export async function findCached({ folder, key, version }: Cache): Promise<CliBinaries> {
  const binFolder = join(folder, key, "bin");
  await checkBinFolder(binFolder, version);
  return { pulumi: join(binFolder, "pulumi"), binFolder, version };
}

/**
 * Puts a CLI into the cache, never half of one: `make` fills a temporary folder beside it, whose `bin`
 * folder is checked and which is then renamed.
 */
export async function fillCache(
  cache: Cache,
  make: (root: string) => Promise<void>,
): Promise<CliBinaries> {
  await removeAbandoned(cache.folder);
  const temporary = (): string =>
    join(cache.folder, `${cache.key}.tmp-${process.pid}-${randomUUID()}`);
  const root = temporary();
  const replaced = temporary();
  await mkdir(root, { recursive: true });
  const stopListening = onTermination(() => {
    rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  });
  try {
    await make(root);
    await checkBinFolder(join(root, "bin"), cache.version);
    const target = join(cache.folder, cache.key);
    await rename(target, replaced).catch(() => undefined);
    await rename(root, target);
  } finally {
    stopListening();
    await rm(root, { recursive: true, force: true });
    await rm(replaced, { recursive: true, force: true });
  }
  return findCached(cache);
}

/** A build takes gigabytes, which must not stay behind when a signal ends it. */
function onTermination(cleanUp: () => void): () => void {
  const end = (_: NodeJS.Signals, signalNumber: number): void => {
    cleanUp();
    process.exit(128 + signalNumber);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.once(signal, end);
  return () => {
    for (const signal of signals) process.off(signal, end);
  };
}

/** Removes the temporary folders of processes that were killed; the names contain the process ids. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = /\.tmp-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}

/** Options of {@link withLock}. */
export interface LockOptions {
  readonly pollMillis?: number;
  /** Called if a living process holds the lock; the returned function is called after the wait. */
  readonly onWait?: (holder: string) => () => void;
}

const renewEveryMillis = 10_000;
/** Covers what a process id cannot tell: a reused id, or a holder on another machine. */
const staleAfterMillis = 60_000;

/**
 * Runs `work` while no other process runs work with the same lock file. The lock only avoids double
 * work. In the worst case, two processes that find a stale lock both run.
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const content = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() });
  await acquire(path, content, options);
  const renewal = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, renewEveryMillis);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    if ((await contentOf(path)) === content) await rm(path, { force: true });
  }
}

async function acquire(path: string, content: string, options: LockOptions): Promise<void> {
  let onAcquired: (() => void) | undefined;
  while (!(await create(path, content))) {
    const held = await contentOf(path);
    if (held === undefined) continue;
    if (await isStale(path, held)) {
      removeStale(path, held);
      continue;
    }
    onAcquired ??= options.onWait?.(describe(held));
    await sleep(options.pollMillis ?? 500);
  }
  onAcquired?.();
}

/** Creates the lock file; false if it exists. */
async function create(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** The content of the lock file; undefined if there is none. */
async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function isStale(path: string, content: string): Promise<boolean> {
  const { pid, host } = parseLock(content);
  if (pid !== undefined && host === hostname() && !isAlive(pid)) return true;
  const renewed = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  return Date.now() - renewed > staleAfterMillis;
}

/** Synchronous, so that it does not remove the new lock of a process that was faster. */
function removeStale(path: string, stale: string): void {
  try {
    if (readFileSync(path, "utf8") === stale) rmSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** Empty for a lock whose holder has created it, but not yet written it. */
function parseLock(content: string): { pid?: number; host?: string } {
  try {
    return JSON.parse(content) as { pid?: number; host?: string };
  } catch {
    return {};
  }
}

function describe(content: string): string {
  const { pid } = parseLock(content);
  return pid === undefined ? "another process" : `process ${pid}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
