import { STATUS_CODES } from "node:http";
import { errorAnswer } from "./answer";
import type { Duplex } from "node:stream";
import type { ApiError } from "./errors";

/** Answers on a connection that Node's HTTP server has given up, and closes it. */
export function sendErrorOn(
  socket: Duplex,
  error: ApiError,
  extraHeaders: Record<string, string> = {},
): void {
  const { status, headers, body } = errorAnswer(error);
  const lines = Object.entries({
    ...headers,
    ...extraHeaders,
    "Content-Length": body.length,
    Connection: "close",
  });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  // Node no longer listens for errors of this connection, and one without a listener ends the process.
  socket.on("error", () => undefined);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${head}\r\n${body.toString()}`);
}
