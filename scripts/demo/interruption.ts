import type { ChildProcess } from "node:child_process";

/** The error with which a demo ends that somebody has interrupted. */
export class InterruptedError extends Error {}

/** Keeps the demo alive at ^C, so that it can tidy up. */
export interface Interruption {
  /** Resolves at the next ^C, which then interrupts nothing. */
  readonly awaited: () => Promise<void>;
  /** The exit code of a command; rejects with an {@link InterruptedError} when ^C came before its end. */
  readonly endOf: (command: ChildProcess) => Promise<number>;
  /** Lets signals end the process again. */
  readonly forget: () => void;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Listens for what asks a process to end. */
export function watchForInterruption(): Interruption {
  let command: ChildProcess | undefined;
  let isInterrupted = false;
  let hear: (() => void) | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (hear !== undefined) {
      hear();
      hear = undefined;
      return;
    }
    isInterrupted = true;
    // A terminal sends ^C to the command as well; a second one would make Pulumi give up its work.
    if (signal !== "SIGINT" || !process.stdin.isTTY) command?.kill("SIGINT");
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    awaited: () =>
      new Promise((resolve) => {
        // An open handle keeps the process alive until the signal comes.
        const handle = setInterval(() => undefined, 60_000);
        hear = () => {
          clearInterval(handle);
          resolve();
        };
      }),
    endOf: async (started) => {
      command = started;
      const code = await exitCodeOf(started);
      command = undefined;
      if (isInterrupted) throw new InterruptedError("The demo was interrupted.");
      return code;
    },
    forget: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}

function exitCodeOf(command: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    command.once("error", reject);
    command.once("close", (code) => {
      resolve(code ?? 1);
    });
  });
}
