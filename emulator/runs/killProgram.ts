import { killWindowsTree } from "./killWindowsTree";
import { signalProcess, stoppedProcesses } from "./programProcesses";
import type { ChildProcess } from "node:child_process";

/**
 * Kills all processes of a program, also when its first one has ended: its process group, and on Linux
 * those that have left it.
 */
export function killProgram(child: ChildProcess, mark: string): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === "win32") {
    if (isAlive(child)) killWindowsTree(pid);
    return;
  }
  // First, because nothing tells of children whose parent was killed. Once the first process has ended,
  // another one may have its pid.
  const pids = stoppedProcesses(mark, isAlive(child) ? pid : undefined);
  for (const each of [-pid, ...pids]) signalProcess(each, "SIGKILL");
}

/** Asks a program to stop. Windows has no signals for that: there, the program is killed. */
export function terminateProgram({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === "win32") killWindowsTree(pid);
  else signalProcess(-pid, "SIGTERM");
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}
