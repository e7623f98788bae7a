import { STATUS_CODES } from "node:http";
import { errorAnswer } from "./answer";
import { ApiError } from "./errors";
import type { Server } from "node:http";
import type { Duplex } from "node:stream";

/** The status for an error of Node's HTTP parser; 400 for all others. */
const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * Answers requests that are not valid HTTP, which never reach a handler, in Apify's envelope. A
 * connection on which another answer has begun is only closed.
 */
export function answerMalformed(
  server: Server,
  { hasBegun }: { hasBegun: (socket: Duplex) => boolean },
): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === "ECONNRESET" || hasBegun(socket)) socket.destroy();
    else refuse(socket, statuses[error.code ?? ""] ?? 400, error.message);
  });
  server.on("connect", (_request, socket) => {
    refuse(socket, 405, "The emulator is not a proxy");
  });
  server.on("checkExpectation", ({ headers, socket }) => {
    refuse(socket, 417, `The header Expect must be 100-continue, but it is "${headers.expect}"`);
  });
}

function refuse(socket: Duplex, status: number, message: string): void {
  const { headers, body } = errorAnswer(new ApiError("invalid-request", { status, message }));
  const lines = Object.entries({ ...headers, "Content-Length": body.length, Connection: "close" });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${head}\r\n${body.toString()}`);
}
