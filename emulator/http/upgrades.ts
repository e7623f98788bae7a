import { ApiError } from "./errors";
import { checkHostAndOrigin } from "./hostCheck";
import { sendErrorOn } from "./errorOnSocket";
import { acceptWebSocket, checkHandshake } from "./webSocket";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocketConnection } from "./webSocket";

/** Says what happens with a connection to this path; undefined for a path that does not exist. */
export type WebSocketRoute = (
  path: string,
) => ((connection: WebSocketConnection) => void) | undefined;

/** Answers requests to continue with another protocol, which Node gives to no other handler. */
export function answerUpgrades(server: Server, routeOf: WebSocketRoute): void {
  server.on("upgrade", (message, socket, head) => {
    if (message.headers.upgrade?.toLowerCase() !== "websocket") {
      withoutUpgrade(server, message, { socket, head });
      return;
    }
    try {
      checkHostAndOrigin(message.headers);
      const { url = "" } = message;
      const connect = url.startsWith("/") ? routeOf(url) : undefined;
      if (connect === undefined) throw new ApiError("page-not-found");
      connect(acceptWebSocket(socket, { accept: checkHandshake(message), head }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      sendErrorOn(socket, error, error.status === 426 ? { "Sec-WebSocket-Version": "13" } : {});
    }
  });
}

/**
 * Serves a request as if it had not asked for another protocol, which a server may ignore. Clients
 * that would prefer HTTP/2, such as Java's, ask for it in each first request.
 */
function withoutUpgrade(
  server: Server,
  { method = "", url = "", httpVersion, rawHeaders }: IncomingMessage,
  { socket, head }: { socket: Duplex; head: Buffer },
): void {
  const lines = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !/^(upgrade|http2-settings)$/i.test(name)
      ? [`${name}: ${withoutUpgradeOption(name, rawHeaders[index + 1] ?? "")}\r\n`]
      : [],
  );
  const requestLine = `${method} ${url} HTTP/${httpVersion}\r\n`;
  socket.unshift(
    Buffer.concat([Buffer.from(`${requestLine}${lines.join("")}\r\n`, "latin1"), head]),
  );
  server.emit("connection", socket);
}

function withoutUpgradeOption(name: string, value: string): string {
  if (name.toLowerCase() !== "connection") return value;
  const options = value.split(",").map((option) => option.trim());
  return options.filter((option) => !/^(upgrade|http2-settings)$/i.test(option)).join(", ");
}
