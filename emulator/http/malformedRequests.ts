import { ApiError } from "./errors";
import { sendErrorOn } from "./errorOnSocket";
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
    else sendErrorOn(socket, invalid(statuses[error.code ?? ""] ?? 400, error.message));
  });
  server.on("connect", (_request, socket) => {
    sendErrorOn(socket, invalid(405, "The emulator is not a proxy"));
  });
  server.on("checkExpectation", ({ headers, socket }) => {
    const message = `The header Expect must be 100-continue, but it is "${headers.expect}"`;
    sendErrorOn(socket, invalid(417, message));
  });
}

function invalid(status: number, message: string): ApiError {
  return new ApiError("invalid-request", { status, message });
}
