import { setMaxListeners } from "node:events";

/** Lets operations end in order when the deployment is being stopped. */
export interface Interruption {
  /** Runs an operation; its signal is aborted when the engine asks this process to end. */
  during<T>(operation: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** What of a process an interruption works with. */
export interface InterruptibleProcess {
  on(event: "SIGINT", listener: () => void): unknown;
  off(event: "SIGINT", listener: () => void): unknown;
  exit(code: number): void;
}

/** The answer to the engine has to get out before the process ends. */
const answerMillis = 200;

/** The exit code of a process that SIGINT ended, as shells have it. */
const interruptedExitCode = 130;

/**
 * The engine sends SIGINT when a deployment is broken off (^C twice) and SIGKILL five seconds
 * later, but also at the end of every command, when it waits for the process to end. So there is a
 * listener only while an operation is under way: one that lingers costs each command five seconds.
 */
export function createInterruption(host: InterruptibleProcess, after = afterMillis): Interruption {
  const stop = new AbortController();
  // Each operation under way has its listeners, and Node takes more than ten for a leak and says so.
  setMaxListeners(0, stop.signal);
  let underWay = 0;
  const onInterrupt = (): void => {
    stop.abort();
  };
  return {
    during: async (operation) => {
      if (underWay++ === 0) host.on("SIGINT", onInterrupt);
      try {
        return await operation(stop.signal);
      } finally {
        if (--underWay === 0) {
          host.off("SIGINT", onInterrupt);
          if (stop.signal.aborted) {
            after(answerMillis, () => {
              // One that began since then ends soon, and its answer has to get out as well.
              if (underWay === 0) host.exit(interruptedExitCode);
            });
          }
        }
      }
    },
  };
}

function afterMillis(millis: number, then: () => void): void {
  setTimeout(then, millis);
}
