import type { ChildProcess } from "node:child_process";

/** The error of a demo that the user has interrupted. */
export class InterruptedError extends Error {}

/** Keeps the demo alive after ^C, so that it can clean up. */
export interface Interruption {
  /** Resolves at the next ^C, which then does not count as an interruption. */
  readonly next: () => Promise<void>;
  /** The exit code of a command; rejects with an {@link InterruptedError} if ^C came before its end. */
  readonly exitCodeOf: (command: ChildProcess) => Promise<number>;
  /** Makes signals end the process again. */
  readonly stopListening: () => void;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Listens for the signals that ask a process to end. */
export function listenForInterruption(): Interruption {
  let command: ChildProcess | undefined;
  let isInterrupted = false;
  let resolveNext: (() => void) | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (resolveNext !== undefined) {
      resolveNext();
      resolveNext = undefined;
      return;
    }
    isInterrupted = true;
    // A terminal sends ^C to the command as well; at a second one Pulumi would stop without saving.
    if (signal !== "SIGINT" || !process.stdin.isTTY) command?.kill("SIGINT");
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    next: () =>
      new Promise((resolve) => {
        // An open handle keeps the process alive until the signal comes.
        const handle = setInterval(() => undefined, 60_000);
        resolveNext = () => {
          clearInterval(handle);
          resolve();
        };
      }),
    exitCodeOf: async (started) => {
      command = started;
      const code = await waitForExit(started);
      command = undefined;
      if (isInterrupted) throw new InterruptedError("The demo was interrupted.");
      return code;
    },
    stopListening: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}

function waitForExit(command: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    command.once("error", reject);
    command.once("close", (code) => {
      resolve(code ?? 1);
    });
  });
}
