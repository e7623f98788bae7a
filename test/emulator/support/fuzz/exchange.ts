import { request } from "node:http";
import { buffer } from "node:stream/consumers";
import { openConnection } from "../rawConnection";
import type { Agent, IncomingMessage } from "node:http";
import type { CheckedAnswer } from "../checkResponses";
import type { FuzzRequest } from "./requests";

/** Long enough for a busy machine. The emulator's own waits are in virtual time. */
const maxAnswerMillis = 60_000;

/**
 * Sends a request and returns the answer, or undefined if the connection was upgraded.
 *
 * @throws Error if there is no answer, or none in time
 */
export function exchange(
  url: string,
  { method, path, headers, body }: FuzzRequest,
  agent: Agent,
): Promise<CheckedAnswer | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method,
      path,
      agent,
      headers: { ...headers, "Content-Length": body.length },
    });
    let answered = false;
    sent.setTimeout(maxAnswerMillis, () => sent.destroy(new Error("no answer in time")));
    // A server that refuses a body may close the connection while the rest is on its way.
    sent.on("error", (error) => {
      if (!answered) reject(error);
    });
    sent.once("upgrade", (_response, socket) => {
      socket.destroy();
      resolve(undefined);
    });
    sent.once("response", (response) => {
      answered = true;
      buffer(response).then((received) => {
        resolve({ status: response.statusCode ?? 0, headers: textsOf(response), body: received });
      }, reject);
    });
    sent.end(body);
  });
}

/** Sends bytes, ends the sending side, and returns all that comes back. */
export async function exchangeBytes(url: string, bytes: Buffer): Promise<string> {
  const socket = await openConnection({ url });
  socket.setTimeout(maxAnswerMillis, () => socket.destroy(new Error("no answer in time")));
  socket.end(bytes);
  return (await buffer(socket)).toString("latin1");
}

function textsOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
