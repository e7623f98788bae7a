import { readdirSync, readFileSync } from "node:fs";

/**
 * Kills a live process, its children, and theirs. They are found whatever their process group and
 * their environment, as long as their parents live. Only Linux tells who they are.
 */
export function killTree(root: number): void {
  if (process.platform !== "linux") return;
  const found = new Set([root]);
  let searched = 0;
  while (searched < found.size) {
    searched = found.size;
    for (const pid of [...found]) {
      // A process that is stopped cannot start others, so that the search ends.
      signal(pid, "SIGSTOP");
      for (const child of childrenOf(pid)) found.add(child);
    }
  }
  for (const pid of found) signal(pid, "SIGKILL");
}

/** https://man7.org/linux/man-pages/man5/proc_pid_task.5.html; none if the process has ended. */
function childrenOf(pid: number): number[] {
  const tasks = `/proc/${pid}/task`;
  return namesIn(tasks).flatMap((task) =>
    textOf(`${tasks}/${task}/children`).split(" ").filter(Boolean).map(Number),
  );
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has already ended.
  }
}
