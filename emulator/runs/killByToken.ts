import { readdirSync, readFileSync } from "node:fs";

/** As often as something new turns up that was forked during the search. */
const maxSearches = 5;

/**
 * Kills what an Actor started and what has then left its process group (setsid), found by the token
 * in its environment. Only Linux tells the environment of other processes; a process that was started
 * with another environment is not found.
 */
export function killProcessesByToken(token: string): void {
  if (process.platform !== "linux") return;
  for (let search = 0; search < maxSearches; search += 1) {
    const strays = processesWith(token);
    if (strays.length === 0) return;
    for (const pid of strays) kill(pid);
  }
}

function processesWith(token: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => environmentOf(pid).includes(token))
    .map(Number);
}

/** Empty for a process that is gone, a zombie, or somebody else's. */
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
    // It has ended by itself.
  }
}
