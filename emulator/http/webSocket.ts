import { createHash } from "node:crypto";
import { Socket } from "node:net";
import { ApiError } from "./errors";
import { createFrameReader, encodeFrame, FrameError, opcodes } from "./webSocketFrames";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** https://www.rfc-editor.org/rfc/rfc6455#section-1.3 */
const acceptGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** A client that does not read must not fill the memory. */
const maxUnreadBytes = 2 ** 20;

/** A connection to a client that only listens. */
export interface WebSocketConnection {
  /** Sends a text; does nothing once the connection is closing. */
  readonly send: (text: string) => void;
  /** Sends a close frame and ends the connection. */
  readonly close: (code: number) => void;
  readonly onClose: (listener: () => void) => void;
}

/**
 * Checks the handshake of a client.
 *
 * @returns the value of `Sec-WebSocket-Accept`
 * @throws ApiError, 400 or 426, for a handshake that is not valid
 */
export function checkHandshake({ method, headers }: IncomingMessage): string {
  const key = headers["sec-websocket-key"] ?? "";
  if (method !== "GET" || !/^[A-Za-z0-9+/]{22}==$/.test(key)) {
    throw new ApiError("invalid-request", { message: "The WebSocket handshake is not valid" });
  }
  if (headers["sec-websocket-version"] !== "13") {
    const message = "The version of the WebSocket protocol must be 13";
    throw new ApiError("invalid-request", { status: 426, message });
  }
  return createHash("sha1").update(`${key}${acceptGuid}`).digest("base64");
}

/**
 * Completes the handshake and returns the connection.
 *
 * @param head - what the client has already sent after its request
 */
export function acceptWebSocket(
  socket: Duplex,
  { accept, head }: { accept: string; head: Buffer },
): WebSocketConnection {
  const readFrames = createFrameReader();
  let isClosing = false;
  const write = (opcode: number, payload: Buffer): void => {
    if (isClosing || socket.destroyed) return;
    if (socket.writableLength > maxUnreadBytes) socket.destroy();
    else socket.write(encodeFrame(opcode, payload));
  };
  const close = (code: number): void => {
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    write(opcodes.close, payload);
    isClosing = true;
    socket.end();
  };
  const read = (chunk: Buffer): void => {
    // Once a close frame is sent, what comes in is read and dropped: unread data would reset the
    // connection, and the client might not see why it was closed.
    if (isClosing) return;
    try {
      for (const { opcode, payload } of readFrames(chunk)) {
        if (opcode === opcodes.ping) write(opcodes.pong, payload);
        if (opcode === opcodes.close) close(replyCode(payload));
      }
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      close(error.code);
    }
  };
  // An idle connection is in order here; it may have a timeout from an earlier request.
  if (socket instanceof Socket) socket.setTimeout(0);
  socket.on("error", () => undefined);
  socket.on("end", () => {
    socket.destroy();
  });
  socket.write(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  socket.on("data", read);
  read(head);
  return {
    send: (text) => {
      write(opcodes.text, Buffer.from(text));
    },
    close,
    onClose: (listener) => {
      socket.once("close", listener);
    },
  };
}

/** The client's own code, if it may be sent: https://www.rfc-editor.org/rfc/rfc6455#section-7.4 */
function replyCode(payload: Buffer): number {
  if (payload.length === 0) return 1000;
  if (payload.length === 1) return 1002;
  const code = payload.readUInt16BE();
  const isDefined = code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code);
  return isDefined || (code >= 3000 && code <= 4999) ? code : 1002;
}
