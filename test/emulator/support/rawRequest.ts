import { once } from "node:events";
import { request } from "node:http";
import type { Agent, IncomingMessage } from "node:http";

/** How a request ended, in more detail than with `fetch`. */
export interface RawReply {
  readonly status?: number;
  readonly headers: IncomingMessage["headers"];
  /** The received part of the body. */
  readonly body: string;
  /** `code` of the error that ended it early. */
  readonly error?: string;
}

/** How to send a request. */
export interface RawOptions {
  /** @default a new connection */
  readonly agent?: Agent;
  /** Aborts the request. */
  readonly signal?: AbortSignal;
  /** Called with each chunk of the body. */
  readonly onPiece?: (piece: string) => void;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request without a body to an emulator, as janedoe; never rejects. */
export async function rawRequest(
  { url }: { readonly url: string },
  methodAndPath: string,
  { agent, signal, onPiece, headers = {} }: RawOptions = {},
): Promise<RawReply> {
  const [method = "", path = ""] = methodAndPath.split(" ");
  const sent = request(url + path, {
    method,
    headers: { Authorization: "Bearer jane-token", ...headers },
    agent: agent ?? false,
    ...(signal === undefined ? {} : { signal }),
  });
  let body = "";
  let response: IncomingMessage | undefined;
  const head = (): Pick<RawReply, "status" | "headers"> =>
    response?.statusCode === undefined
      ? { headers: {} }
      : { status: response.statusCode, headers: response.headers };
  try {
    [response] = (await once(sent.end(), "response")) as [IncomingMessage];
    for await (const piece of response.setEncoding("utf8") as AsyncIterable<string>) {
      body += piece;
      onPiece?.(piece);
    }
    return { ...head(), body };
  } catch (error) {
    return { ...head(), body, error: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
}
