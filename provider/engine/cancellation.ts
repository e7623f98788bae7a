import { setMaxListeners } from "node:events";
import { Server } from "node:net";

/** The call by which the engine tells each provider that the deployment is cancelled. */
const cancelPath = "/pulumirpc.ResourceProvider/Cancel";

/**
 * A signal that is aborted when the user cancels the deployment (the first ^C), which then lets the
 * operations in progress finish. Pulumi's dynamic host answers the engine's call without informing the
 * provider, so this listens to the host's own server. Node has no public way to find that server among the
 * `handles` that keep the process alive. If it cannot be found, only the second ^C has an effect.
 */
export function cancelSignal(handles: readonly unknown[] = activeHandles()): AbortSignal {
  const cancelled = new AbortController();
  // Each wait for a run adds a listener, and Node warns of a leak at more than ten.
  setMaxListeners(0, cancelled.signal);
  for (const server of handles) {
    if (!(server instanceof Server)) continue;
    server.on("stream", (_stream: unknown, headers: Readonly<Record<string, unknown>>) => {
      if (headers[":path"] === cancelPath) cancelled.abort();
    });
  }
  return cancelled.signal;
}

function activeHandles(): readonly unknown[] {
  const { _getActiveHandles: handles } = process as { _getActiveHandles?: () => unknown[] };
  return handles?.call(process) ?? [];
}

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
