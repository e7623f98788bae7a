import { once } from "node:events";
import { createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import type { ServerHttp2Session } from "node:http2";

/** What a watch sees of Pulumi's engine: something that takes HTTP/2 connections. */
export interface Http2Engine {
  readonly address: string;
  /** Resolves when so many connections have been made in all. */
  connections(count: number): Promise<void>;
  /** How many connections have been made so far. */
  made(): number;
  /** Ends the connections and lets new ones in. */
  disconnect(): void;
  /** Ends as a process that is killed does; doing it twice is no harm. */
  stop(): void;
}

export async function startHttp2Engine(): Promise<Http2Engine> {
  const sessions = new Set<ServerHttp2Session>();
  let made = 0;
  let look = (): void => undefined;
  const server = createServer();
  server.on("session", (session) => {
    sessions.add(session);
    session.on("error", () => undefined);
    session.on("close", () => sessions.delete(session));
    made++;
    look();
  });
  const disconnect = (): void => {
    for (const session of [...sessions]) session.destroy();
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: (count) =>
      new Promise((resolve) => {
        look = () => {
          if (made >= count) resolve();
        };
        look();
      }),
    made: () => made,
    disconnect,
    stop: () => {
      server.close();
      disconnect();
    },
  };
}
