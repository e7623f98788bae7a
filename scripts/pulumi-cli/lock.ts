import { randomUUID } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

export interface LockOptions {
  readonly pollMs?: number;
  /** Called when the lock is found held by a living process; what it returns, when the wait is over. */
  readonly onWait?: (holder: string) => () => void;
}

const renewEveryMs = 10_000;
/** Covers what the process id cannot tell: a reused id, or a holder on another machine. */
const staleAfterMs = 60_000;

/**
 * Runs the work while no other process runs work under the same lock file. The lock saves doing
 * things twice; correctness must not hang on it, as two takers of a stale lock can, at worst, both
 * go ahead.
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
  }, renewEveryMs);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    if ((await readIfThere(path)) === content) await rm(path, { force: true });
  }
}

async function acquire(path: string, content: string, options: LockOptions): Promise<void> {
  let onEnd: (() => void) | undefined;
  for (;;) {
    if (await createdBy(path, content)) {
      onEnd?.();
      return;
    }
    const held = await readIfThere(path);
    if (held === undefined) continue;
    if (await isStale(path, held)) {
      takeAway(path, held);
      continue;
    }
    onEnd ??= options.onWait?.(describe(held));
    await delay(options.pollMs ?? 500);
  }
}

async function createdBy(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function isStale(path: string, held: string): Promise<boolean> {
  const { pid, host } = parse(held);
  if (pid !== undefined && host === hostname() && !isAlive(pid)) return true;
  const renewed = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  return Date.now() - renewed > staleAfterMs;
}

/** In one go, so that it does not remove the new lock of a caller that was quicker to take over. */
function takeAway(path: string, stale: string): void {
  try {
    if (readFileSync(path, "utf8") === stale) rmSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function parse(held: string): { pid?: number; host?: string } {
  try {
    return JSON.parse(held) as { pid?: number; host?: string };
  } catch {
    // Read between its creation and its writing: the holder has just started.
    return {};
  }
}

function describe(held: string): string {
  const { pid } = parse(held);
  return pid === undefined ? "another process" : `process ${pid}`;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
