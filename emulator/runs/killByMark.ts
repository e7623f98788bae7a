import { readdirSync, readFileSync } from "node:fs";

/** A search can miss processes that are forked while it runs, so it is repeated. */
const maxSearches = 5;

/** The environment variable with the mark of a program that the emulator has started. */
export const markVariable = "PULUMI_APIFY_PROGRAM";

/**
 * Kills the processes of a program that have left its process group (setsid). They are found by the
 * mark in their environment, which only Linux lets other processes read. A process with another
 * environment is not found.
 */
export function killProcessesByMark(mark: string): void {
  if (process.platform !== "linux") return;
  for (let search = 0; search < maxSearches; search += 1) {
    const pids = processesWith(mark);
    if (pids.length === 0) return;
    for (const pid of pids) kill(pid);
  }
}

function processesWith(mark: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => environmentOf(pid).includes(mark))
    .map(Number);
}

/** Empty for a process that has ended, is a zombie, or belongs to another user. */
function environmentOf(pid: string): Buffer {
  try {
    return readFileSync(`/proc/${pid}/environ`);
  } catch {
    return Buffer.alloc(0);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has already ended.
  }
}
