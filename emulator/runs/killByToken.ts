import { readdirSync, readFileSync } from "node:fs";

/** A search can miss processes that are forked while it runs, so it is repeated. */
const maxSearches = 5;

/**
 * Kills the processes of an Actor that have left its process group (setsid). They are found by the
 * run's token in their environment, which only Linux lets other processes read. A process with
 * another environment is not found.
 */
export function killProcessesByToken(token: string): void {
  if (process.platform !== "linux") return;
  for (let search = 0; search < maxSearches; search += 1) {
    const pids = processesWith(token);
    if (pids.length === 0) return;
    for (const pid of pids) kill(pid);
  }
}

function processesWith(token: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => environmentOf(pid).includes(token))
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
