import { STATUS_CODES } from "node:http";
import { errorAnswer } from "./answer";
import { ApiError } from "./errors";
import type { Server } from "node:http";
import type { Duplex } from "node:stream";

/** What Node's parser of HTTP says, and the status for it; all else is a 400. */
const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Gives requests that are no HTTP, which no handler ever sees, an answer in Apify's envelope. */
export function answerMalformed(server: Server): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === "ECONNRESET") socket.destroy();
    else refuse(socket, statuses[error.code ?? ""] ?? 400, error.message);
  });
  server.on("connect", (_request, socket) => {
    refuse(socket, 405, "The emulator is no proxy");
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
