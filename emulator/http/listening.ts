import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";

const host = "127.0.0.1";

/** Listens on 127.0.0.1 and returns the URL. */
export async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, host);
  await once(server, "listening");
  return `http://${host}:${portOf(server)}`;
}

/** Refuses new connections. Call the returned function to accept them again, at the same address. */
export function refuseConnections(server: Server): () => Promise<void> {
  const port = portOf(server);
  // Closes idle connections; a connection with an open request is closed after the answer.
  server.close();
  return async () => {
    if (!server.listening) await listen(server, port);
  };
}

/** The connections that are open, also those that no longer speak HTTP, which Node's server forgets. */
export function trackConnections(server: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return open;
}

/** Closes the server and all its connections; resolves when they are closed. */
export async function shutDown(server: Server, connections: ReadonlySet<Socket>): Promise<void> {
  const closed = once(server, "close");
  server.close();
  for (const socket of connections) socket.destroy();
  await closed;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
