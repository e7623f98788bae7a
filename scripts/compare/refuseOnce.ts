import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import type { Emulator } from "../../emulator";

const channel = "http.client.request.start";

/** Refuses the first connection and lets all others in; what it returns counts the refused ones. */
export async function refuseOnce(emulator: Emulator): Promise<() => number> {
  const letIn = await emulator.refuseConnections();
  let refused = 0;
  const watch = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    request.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "ECONNREFUSED") return;
      refused += 1;
      unsubscribe(channel, watch);
      void letIn();
    });
  };
  subscribe(channel, watch);
  return () => refused;
}
