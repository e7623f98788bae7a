import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

const host = "127.0.0.1";

/** Listens on 127.0.0.1; gives the address. */
export async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, host);
  await once(server, "listening");
  return `http://${host}:${portOf(server)}`;
}

/** Refuses connections from now on; what it returns lets them in again, at the same address. */
export function refuseConnections(server: Server): () => Promise<void> {
  const port = portOf(server);
  // Idle connections end with it; those with a request under way end with their answer.
  server.close();
  return async () => {
    if (!server.listening) await listen(server, port);
  };
}

/** Ends all connections; resolves when none is left. */
export async function shutDown(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
