import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Answer } from "./answer";

/** Sends the rest of an answer that goes on after its body. Call after its head was sent. */
export async function sendFollowing(
  response: ServerResponse,
  { body, follow }: Pick<Answer, "body" | "follow">,
): Promise<void> {
  const gone = new AbortController();
  const abort = (): void => {
    gone.abort();
  };
  response.once("close", abort);
  // Clients must get the head even if there is no text yet.
  response.flushHeaders();
  const write = async (chunk: string | Buffer): Promise<void> => {
    if (gone.signal.aborted || chunk.length === 0 || response.write(chunk)) return;
    await once(response, "drain", { signal: gone.signal }).catch(() => undefined);
  };
  await write(body);
  await follow?.(write, gone.signal);
  response.end();
}
