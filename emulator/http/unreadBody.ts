import type { IncomingMessage } from "node:http";

/**
 * A client that is still sending when its connection is closed may see a reset instead of the answer.
 * So the server goes on reading, but not for ever.
 */
const maxDiscardedBytes = 64 * 2 ** 20;

/** Whether a part of the body has not arrived. */
export function isUnread({ complete, headers }: IncomingMessage): boolean {
  const { "content-length": length = "0", "transfer-encoding": encoding } = headers;
  return !complete && (encoding !== undefined || Number(length) > 0);
}

/** Whether the client sends its body only after a `100 Continue`. */
export function expectsContinue({ headers }: IncomingMessage): boolean {
  return headers.expect !== undefined;
}

/** Reads and discards the rest of the body; resolves when there is no more, or too much. */
export async function discardBody(message: IncomingMessage): Promise<void> {
  if (expectsContinue(message)) return;
  let left = maxDiscardedBytes;
  try {
    for await (const chunk of piecesOf(message)) {
      left -= chunk.length;
      if (left < 0) return;
    }
  } catch {
    // The client has disconnected.
  }
}

/** The pieces of a body. Unlike the message's own iterator it leaves the connection open. */
export function piecesOf(message: IncomingMessage): AsyncIterable<Buffer> {
  return message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
}
