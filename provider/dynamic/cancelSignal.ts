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
