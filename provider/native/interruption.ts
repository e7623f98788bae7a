import { setMaxListeners } from "node:events";
import type { Engine } from "../engine/engine";

/** Lets the engine's `Cancel` end the operations in progress, and those that begin later. */
export interface Interruption {
  readonly beginOperation: Engine["beginOperation"];
  readonly stop: () => void;
}

/**
 * Creates an interruption. There is no listener for SIGINT: the engine sends it at the end of each command, and waits
 * five seconds for a process that handles it.
 */
export function createInterruption(): Interruption {
  const stopped = new AbortController();
  // Each request adds a listener, and Node warns of a leak at more than ten.
  setMaxListeners(0, stopped.signal);
  return {
    beginOperation: () => ({ signal: stopped.signal, end: () => undefined }),
    stop: () => {
      stopped.abort();
    },
  };
}
