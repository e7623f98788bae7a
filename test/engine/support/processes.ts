import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A process of this machine. */
export interface Process {
  readonly pid: number;
  readonly command: string;
}

/** The processes that a process started, and those that these started, and so on. */
export function descendantsOf(pid: number): readonly Process[] {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: statOf(Number(name))?.parent }));
  const children = (parent: number): readonly number[] =>
    processes
      .filter((each) => each.parent === parent)
      .flatMap((child) => [child.pid, ...children(child.pid)]);
  return children(pid).map((each) => ({ pid: each, command: commandOf(each) }));
}

/** Whether a process is there and has not ended; one whose end nobody asks for stays as a zombie. */
export function isRunning(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== undefined && stat.state !== "Z";
}

/** Resolves when a process that is no child of this one, and so tells nobody, has ended. */
export async function untilEnded(pid: number): Promise<void> {
  while (isRunning(pid)) await sleep(50);
}

/** Kills a process, unless it has ended by itself. */
export function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function statOf(pid: number): { state: string; parent: number } | undefined {
  const text = readOrNothing(`/proc/${pid}/stat`);
  // The name in parentheses may hold anything.
  const [state, parent] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return state === undefined || parent === undefined
    ? undefined
    : { state, parent: Number(parent) };
}

function commandOf(pid: number): string {
  return readOrNothing(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
