import { setMaxListeners } from "node:events";

/** An operation that SIGINT ends early. */
export interface InterruptibleOperation {
  /** Aborted at SIGINT. */
  readonly signal: AbortSignal;
  /** Call it once, when the operation has its result or its error. */
  readonly end: () => void;
}

/** Passes SIGINT on to the operations in progress. */
export interface SigintHandler {
  readonly begin: () => InterruptibleOperation;
}

/** The part of a process that the handler works with. */
export interface InterruptibleProcess {
  on(event: "SIGINT", listener: () => void): unknown;
  off(event: "SIGINT", listener: () => void): unknown;
  exit(code: number): void;
}

/** Milliseconds to wait before the process exits, so that the last answer reaches the engine. */
const answerMillis = 200;

/** The exit code of a process that SIGINT ended, by the convention of shells: 128 and the signal's number. */
const sigintExitCode = 130;

/**
 * The engine sends SIGINT when the user terminates a deployment (the second ^C), and SIGKILL five seconds
 * later. It also sends SIGINT at the end of every command and waits for the process to exit. So this
 * listens only while an operation is in progress: a listener that lingers costs each command five seconds.
 */
export function createSigintHandler(
  host: InterruptibleProcess,
  after: (millis: number, then: () => void) => void = setTimer,
): SigintHandler {
  const interrupted = new AbortController();
  // Each request adds a listener, and Node warns of a leak at more than ten.
  setMaxListeners(0, interrupted.signal);
  let inProgress = 0;
  const onSigint = (): void => {
    interrupted.abort();
  };
  const exitWhenIdle = (): void => {
    // An operation that began in the meantime ends soon, and its answer must reach the engine as well.
    if (inProgress === 0) host.exit(sigintExitCode);
  };
  return {
    begin: () => {
      if (inProgress++ === 0) host.on("SIGINT", onSigint);
      return {
        signal: interrupted.signal,
        end: () => {
          if (--inProgress > 0) return;
          host.off("SIGINT", onSigint);
          if (interrupted.signal.aborted) after(answerMillis, exitWhenIdle);
        },
      };
    },
  };
}

function setTimer(millis: number, then: () => void): void {
  setTimeout(then, millis);
}
