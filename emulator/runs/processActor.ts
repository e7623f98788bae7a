import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { installHint } from "../actors/installHint";
import { announceAbort } from "./events";
import { killProgram, terminateProgram } from "./killProgram";
import { createLineSplitter } from "./lineSplitter";
import { appendLog, appendLogLines } from "./log";
import { markVariable } from "./programProcesses";
import type { ChildProcess, ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import type { EmulatorState } from "../state/emulatorState";
import type { ActorExit, Execution, RunEntry } from "../state/entities";

/** The exit code of a shell for a command that it cannot start. */
export const cannotStartCode = 127;
/** A shell reports a process that a signal ended as this plus the number of the signal. */
const signalCodeBase = 128;

/**
 * How long the output of a program is read after its end: processes that it has left behind, and that
 * the emulator could not find, may hold it open.
 */
const outputMillis = 2000;

/** The log keeps this much of a line of output. */
const maxLineChars = 2 ** 22;

/** An execution in which nothing runs. */
export const noCode: Execution = {
  requestStop: () => undefined,
  kill: () => undefined,
  ended: Promise.resolve(),
};

/** Runs an Actor that is a command as a child process. Its output becomes the run's log. */
export function runProcess(
  state: EmulatorState,
  entry: RunEntry,
  {
    command: [program, ...args],
    env,
    onExit,
  }: {
    command: readonly [string, ...string[]];
    env: Record<string, string>;
    onExit: (exit: ActorExit) => void;
  },
): Execution {
  // No id of the run: after a restart, the end of the old program must not kill the new one. No id of
  // the emulator's either, since emulators with the same random numbers may run side by side.
  const mark = randomUUID();
  let child: ChildProcessByStdio<null, Readable, Readable>;
  try {
    child = spawn(program === "node" ? process.execPath : program, args, {
      cwd: entry.actor.cwd,
      env: { ...env, [markVariable]: mark },
      stdio: ["ignore", "pipe", "pipe"],
      shell: false,
      // In a process group of its own, so that its child processes are killed with it.
      detached: process.platform !== "win32",
    });
  } catch (error) {
    // Some errors are thrown, such as that of a working directory that is a file.
    const refused = startProblem(entry, error as Error);
    appendLog(state, entry, refused);
    void Promise.resolve().then(() => {
      onExit({ exitCode: cannotStartCode, problem: refused });
    });
    return noCode;
  }
  for (const stream of [child.stdout, child.stderr]) logLines(state, entry, stream);

  let problem: string | undefined;
  child.once("error", (error) => {
    problem = startProblem(entry, error);
    appendLog(state, entry, problem);
  });
  const { pid } = child;
  if (pid !== undefined) state.watchdog.track(pid, mark);
  const closeOutput = (): void => {
    for (const stream of [child.stdout, child.stderr]) stream.destroy();
  };
  let cancelClosing = (): void => undefined;
  child.once("exit", () => {
    killProgram(child, mark);
    if (pid !== undefined) state.watchdog.untrack(pid);
    cancelClosing = state.clock.setTimer(outputMillis, closeOutput);
  });
  // Emitted when the program has ended and its output is closed.
  const closed = new Promise<void>((resolve) => {
    child.once("close", (code, signal) => {
      cancelClosing();
      resolve();
      if (problem !== undefined) {
        onExit({ exitCode: cannotStartCode, problem });
        return;
      }
      const exitCode = code ?? signalCodeBase + (signal ? constants.signals[signal] : 0);
      const hint = exitCode === 0 ? undefined : installHint(entry.actor.cwd);
      if (hint !== undefined) appendLog(state, entry, hint);
      onExit(hint === undefined ? { exitCode } : { exitCode, problem: hint });
    });
  });
  return {
    requestStop: () => {
      // Apify documents only the events; a program that does not listen still gets a signal.
      if (announceAbort(state, entry) === "unheard") terminateProgram(child);
    },
    kill: () => {
      killProgram(child, mark);
      whenExited(child, () => {
        // Reads first what the program had written.
        setImmediate(closeOutput);
      });
    },
    ended: closed,
  };
}

/** Node.js names the program also where its working directory is what is missing. */
function startProblem({ actor }: RunEntry, { message }: Error): string {
  const where = existsSync(actor.cwd) ? "" : ` (its working directory ${actor.cwd} does not exist)`;
  return `Actor process could not be started: ${message}${where}`;
}

function whenExited(child: ChildProcess, callback: () => void): void {
  if (child.exitCode === null && child.signalCode === null) child.once("exit", callback);
  else callback();
}

function logLines(state: EmulatorState, entry: RunEntry, stream: Readable): void {
  const lines = createLineSplitter(maxLineChars, (texts) => {
    appendLogLines(state, entry, texts);
  });
  // Not at its "end", which an output that is cut off does not have; and before the program is closed.
  stream.setEncoding("utf8").on("data", lines.write).prependOnceListener("close", lines.end);
}
