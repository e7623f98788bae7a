import { setMaxListeners } from "node:events";
import { Server } from "node:net";

/** The call by which the engine tells each provider of the first ^C. */
const cancelPath = "/pulumirpc.ResourceProvider/Cancel";

/**
 * A signal that is aborted at the first ^C. Pulumi's host answers the engine's call and tells nobody, so
 * this listens to the host's server for it; `handles` is what keeps the process alive, the server among
 * it. Node has no public way to find that: where it has changed, ^C is noticed at the second time only.
 */
export function cancelSignal(handles: readonly unknown[] = activeHandles()): AbortSignal {
  const noticed = new AbortController();
  // Each run that is waited for listens, and Node takes more than ten for a leak and says so.
  setMaxListeners(0, noticed.signal);
  for (const server of handles) {
    if (!(server instanceof Server)) continue;
    server.on("stream", (_stream: unknown, headers: Readonly<Record<string, unknown>>) => {
      if (headers[":path"] === cancelPath) noticed.abort();
    });
  }
  return noticed.signal;
}

function activeHandles(): readonly unknown[] {
  const { _getActiveHandles: handles } = process as { _getActiveHandles?: () => unknown[] };
  return handles?.call(process) ?? [];
}
