import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import type { Socket } from "node:net";

/** Opens a connection to an emulator. */
export async function openConnection({ url }: { readonly url: string }): Promise<Socket> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  return socket;
}

/** Sends raw bytes, leaves the connection open, and returns all that comes until it is closed. */
export async function answerTo(
  emulator: { readonly url: string },
  bytes: string | Buffer,
): Promise<string> {
  const socket = await openConnection(emulator);
  socket.write(bytes);
  return text(socket);
}

/** The body of a raw answer. */
export function bodyOf(answer: string): unknown {
  return JSON.parse(answer.slice(answer.lastIndexOf("\r\n\r\n") + 4));
}
