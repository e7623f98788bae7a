import { readdirSync, readFileSync } from "node:fs";

/** A search can miss processes that are forked while it runs, so it is repeated. */
const maxSearches = 5;

/** The environment variable with the mark of a program that the emulator has started. */
export const markVariable = "PULUMI_APIFY_PROGRAM";

/**
 * Stops and returns the processes of a program, whatever their process group is: those that have its
 * mark in their environment, and the children of all that are found. Only Linux tells who they are.
 * Nothing tells of a process with another environment whose parents have ended.
 *
 * @param root - the first process of the program, if it has not ended
 */
export function stoppedProcesses(mark: string, root: number | undefined): number[] {
  if (process.platform !== "linux") return [];
  const found = new Set(root === undefined ? [] : [root]);
  let before = -1;
  for (let search = 0; search < maxSearches && found.size > before; search += 1) {
    before = found.size;
    for (const pid of processesWith(mark)) found.add(pid);
    // This loop also gets to what it adds. What is stopped starts no others, so that it ends.
    for (const pid of found) {
      signalProcess(pid, "SIGSTOP");
      for (const child of childrenOf(pid)) found.add(child);
    }
  }
  return [...found];
}

/** Sends a signal to a process or, with a negative id, to a process group. It may have ended. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // ESRCH: it has ended. EPERM: only the zombie of a group is left (macOS), or it has another owner.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}

/** Finds none that has ended, is a zombie, or belongs to another user: these have no readable file. */
function processesWith(mark: string): number[] {
  return namesIn("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => textOf(`/proc/${pid}/environ`).includes(mark))
    .map(Number);
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
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}
