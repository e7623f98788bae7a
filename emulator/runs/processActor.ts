import { spawn } from "node:child_process";
import { constants } from "node:os";
import { killProcessesByToken } from "./killByToken";
import { createLineSplitter } from "./lineSplitter";
import { appendLog } from "./log";
import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import type { EmulatorState } from "../state/emulatorState";
import type { Execution, RunEntry } from "../state/entities";
import type { ActorExit } from "./execution";

/** What a shell answers for a command that cannot be started. */
const cannotStartCode = 127;
/** What a shell adds to the number of the signal that ended a process. */
const signalCodeBase = 128;

/** Of a longer line of its output the log has the beginning. */
const maxLineChars = 2 ** 22;

/** Runs an Actor that is a command, as a child process whose output becomes the run's log. */
export function runProcess(
  state: EmulatorState,
  entry: RunEntry,
  {
    command: [program, ...args],
    env,
    ended,
  }: {
    command: readonly [string, ...string[]];
    env: Record<string, string>;
    ended: (outcome: ActorExit) => void;
  },
): Execution {
  const child = spawn(program === "node" ? process.execPath : program, args, {
    cwd: entry.actor.cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    shell: false,
    // A group of its own, so that what the Actor started is stopped with it.
    detached: process.platform !== "win32",
  });
  for (const stream of [child.stdout, child.stderr]) logLines(state, entry, stream);

  let problem: string | undefined;
  child.once("error", (error) => {
    problem = `Actor process could not be started: ${error.message}`;
    appendLog(state, entry, problem);
  });
  const { pid } = child;
  if (pid !== undefined) state.watchdog.track(pid, entry.token);
  const kill = (): void => {
    signalGroup(child, "SIGKILL");
    killProcessesByToken(entry.token);
  };
  // What is left of the group holds the output open, and "close" waits for that.
  child.once("exit", () => {
    kill();
    if (pid !== undefined) state.watchdog.untrack(pid);
  });
  const closed = new Promise<void>((resolve) => {
    child.once("close", (code, signal) => {
      resolve();
      if (problem !== undefined) ended({ exitCode: cannotStartCode, problem });
      else ended({ exitCode: code ?? signalCodeBase + (signal ? constants.signals[signal] : 0) });
    });
  });
  return {
    signal: () => {
      signalGroup(child, "SIGTERM");
    },
    kill,
    ended: closed,
  };
}

function logLines(state: EmulatorState, entry: RunEntry, stream: Readable): void {
  const lines = createLineSplitter(maxLineChars, (line) => {
    appendLog(state, entry, line);
  });
  stream.setEncoding("utf8").on("data", lines.write).on("end", lines.end);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: all of the group is gone. EPERM: only its zombie is left (macOS).
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}
