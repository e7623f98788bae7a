import axios from "axios";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Readable } from "node:stream";
import { describe, transportFailure } from "./transportFailure";
import type { Clock } from "./clock";
import type { TransportFailure } from "./transportFailure";

/** One HTTP request. The caller decides whether to repeat it. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A JSON document. */
  readonly body?: string;
  /** Milliseconds from the first byte sent to the last byte received. */
  readonly timeoutMillis: number;
  /** Maximum size of the response in bytes after decompression; a larger one is cut. */
  readonly maxResponseBytes: number;
  /** `fresh` opens a new connection: a kept-alive socket may die under a request that must not be repeated. */
  readonly connection: "kept" | "fresh";
  /** Receives the body of a 2xx response chunk by chunk; the body of the result is then empty. */
  readonly takeBody?: ((chunk: Buffer) => void) | undefined;
  readonly signal?: AbortSignal;
}

/** How one request ended. This is not an exception, because callers treat each ending differently. */
export type HttpResult =
  | {
      readonly kind: "response";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Buffer;
      /** Why the body is incomplete; `undefined` if it is complete. */
      readonly cut: string | undefined;
      /** Set if this package cut the response, so that a retry would end in the same way. */
      readonly cutBy?: "sizeLimit";
    }
  | TransportFailure;

const keptAgents = {
  httpAgent: new HttpAgent({ keepAlive: true }),
  httpsAgent: new HttpsAgent({ keepAlive: true }),
};
const freshAgents = { httpAgent: new HttpAgent(), httpsAgent: new HttpsAgent() };

/** Bodies of at least this size are compressed; Apify accepts gzip. */
const gzipFromBytes = 64 * 1024;
const compress = promisify(gzip);

/** Whether this is a 2xx status. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Sends one request and reads the response. Never rejects. */
export async function sendOnce(request: HttpRequest, clock: Clock): Promise<HttpResult> {
  const stop = new AbortController();
  const done = new AbortController();
  const ending = { reason: "the connection was lost" };
  const abort = (reason: string): void => {
    ending.reason = reason;
    stop.abort();
  };
  const onCancel = (): void => {
    abort("the request was cancelled");
  };
  request.signal?.addEventListener("abort", onCancel, { once: true });
  if (request.signal?.aborted) onCancel();
  void clock.sleep(request.timeoutMillis, done.signal).then(() => {
    if (!done.signal.aborted) {
      abort(`no complete response within ${Math.round(request.timeoutMillis / 1000)} s`);
    }
  });
  try {
    return await exchange(request, stop.signal, () => ending.reason);
  } catch (error) {
    return stop.signal.aborted ? { kind: "lost", reason: ending.reason } : transportFailure(error);
  } finally {
    done.abort();
    request.signal?.removeEventListener("abort", onCancel);
  }
}

async function exchange(
  request: HttpRequest,
  signal: AbortSignal,
  abortReason: () => string,
): Promise<HttpResult> {
  const content = await encodeBody(request.body);
  const response = await axios.request<Readable>({
    ...(request.connection === "kept" ? keptAgents : freshAgents),
    method: request.method,
    url: request.url,
    headers: { ...request.headers, ...content.headers },
    ...(content.data === undefined ? {} : { data: content.data }),
    signal,
    responseType: "stream",
    validateStatus: null,
    // Apify may redirect a GET of a key-value store record to its storage. A redirected POST would be a
    // second one. Since 1.21, axios omits the token unless scheme, host and port stay the same.
    maxRedirects: request.method === "GET" ? 5 : 0,
    maxBodyLength: Infinity,
  });
  const take = isSuccess(response.status) ? request.takeBody : undefined;
  const { body, cut, cutBy } = await readBody(response.data, {
    maxBytes: request.maxResponseBytes,
    take,
    signal,
  });
  return {
    kind: "response",
    status: response.status,
    headers: plainHeaders(response.headers),
    body,
    cut: signal.aborted ? abortReason() : cut,
    ...(cutBy === undefined ? {} : { cutBy }),
  };
}

async function encodeBody(
  body: string | undefined,
): Promise<{ data?: Buffer; headers: Record<string, string | false> }> {
  // Without this, axios sends a POST without a body as a form.
  if (body === undefined) return { headers: { "Content-Type": false } };
  const data = Buffer.from(body, "utf8");
  const headers = { "Content-Type": "application/json; charset=utf-8" };
  if (data.length < gzipFromBytes) return { data, headers };
  return { data: await compress(data), headers: { ...headers, "Content-Encoding": "gzip" } };
}

async function readBody(
  stream: Readable,
  {
    maxBytes,
    take,
    signal,
  }: {
    readonly maxBytes: number;
    readonly take: HttpRequest["takeBody"];
    readonly signal: AbortSignal;
  },
): Promise<{ body: Buffer; cut: string | undefined; cutBy?: "sizeLimit" }> {
  const chunks: Buffer[] = [];
  const takeChunk = take ?? ((chunk: Buffer) => void chunks.push(chunk));
  let size = 0;
  const destroy = (): void => void stream.destroy(new Error("stopped"));
  signal.addEventListener("abort", destroy, { once: true });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) {
        const cut = `the response is larger than ${maxBytes} bytes`;
        return { body: Buffer.concat(chunks), cut, cutBy: "sizeLimit" };
      }
      takeChunk(chunk);
    }
    return { body: Buffer.concat(chunks), cut: undefined };
  } catch (error) {
    return { body: Buffer.concat(chunks), cut: `the response was cut off (${describe(error)})` };
  } finally {
    signal.removeEventListener("abort", destroy);
    stream.destroy();
  }
}

function plainHeaders(headers: object): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === "string") plain[name.toLowerCase()] = value;
  }
  return plain;
}
