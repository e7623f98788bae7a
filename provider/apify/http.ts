import axios from "axios";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Readable } from "node:stream";
import type { Clock } from "./clock";

/** One request, once: no policy here. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A JSON document. */
  readonly body?: string;
  /** Milliseconds from the first byte sent to the last byte received. */
  readonly timeoutMillis: number;
  /** The largest answer that is read, in bytes after decompression. */
  readonly maxResponseBytes: number;
  /** `fresh` opens a connection of its own: a kept-alive socket may die under a request that must not be repeated. */
  readonly connection: "kept" | "fresh";
  /** Takes the body of a 2xx answer piece by piece as it comes; the result has an empty one then. */
  readonly takeBody?: ((chunk: Buffer) => void) | undefined;
  readonly signal?: AbortSignal;
}

/** How one request ended. A value, since each ending means something else to whoever asked. */
export type HttpResult =
  | {
      readonly kind: "response";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Buffer;
      /** Why the body is not whole; `undefined` when it is. */
      readonly cut: string | undefined;
      /** Set when the answer was cut on purpose, so that asking again would end the same. */
      readonly cutBy?: "sizeLimit";
    }
  /** `code` is that of Node's error, where there is one. */
  | { readonly kind: "notSent"; readonly reason: string; readonly code?: string }
  | { readonly kind: "lost"; readonly reason: string; readonly code?: string };

const keptAgents = {
  httpAgent: new HttpAgent({ keepAlive: true }),
  httpsAgent: new HttpsAgent({ keepAlive: true }),
};
const freshAgents = { httpAgent: new HttpAgent(), httpsAgent: new HttpsAgent() };

/** Bodies from this size on are worth compressing; Apify accepts gzip. */
const gzipFromBytes = 64 * 1024;
const compress = promisify(gzip);

/** Sends one request and reads the answer, whatever comes of it; it never rejects. */
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
      abort(`no complete answer within ${Math.round(request.timeoutMillis / 1000)} s`);
    }
  });
  try {
    return await exchange(request, stop.signal, () => ending.reason);
  } catch (error) {
    return transportFailure(error, stop.signal.aborted ? ending.reason : undefined);
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
    // A record of a key-value store may be answered by a redirect to its storage. Nothing else redirects,
    // and a redirected POST would be a second one. From 1.21 on axios leaves the token out unless the address
    // keeps its scheme, host and port.
    maxRedirects: request.method === "GET" ? 5 : 0,
    maxBodyLength: Infinity,
  });
  const isSuccess = response.status >= 200 && response.status < 300;
  const { body, cut, cutBy } = await readBody(response.data, {
    maxBytes: request.maxResponseBytes,
    take: isSuccess ? request.takeBody : undefined,
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
  // Left to itself, axios declares the body that a POST does not have to be a form.
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
        const cut = `the answer is larger than ${maxBytes} bytes`;
        return { body: Buffer.concat(chunks), cut, cutBy: "sizeLimit" };
      }
      takeChunk(chunk);
    }
    return { body: Buffer.concat(chunks), cut: undefined };
  } catch (error) {
    return { body: Buffer.concat(chunks), cut: `the answer broke off (${describe(error)})` };
  } finally {
    signal.removeEventListener("abort", destroy);
    stream.destroy();
  }
}

/** Node's codes for a connection that was never made, so that the request cannot have arrived. */
const notSentCodes =
  /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ERR_TLS_CERT_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_INVALID_URL)/;

function transportFailure(error: unknown, stoppedBecause: string | undefined): HttpResult {
  if (stoppedBecause !== undefined) return { kind: "lost", reason: stoppedBecause };
  const code = errorField(error, "code");
  const syscall = errorField(error, "syscall");
  // A made connection can end with the same codes: Linux reports an ICMP "unreachable" to reads and writes.
  const made = syscall === "read" || syscall === "write";
  const kind =
    syscall === "connect" || (notSentCodes.test(code ?? "") && !made) ? "notSent" : "lost";
  return { kind, reason: describe(error), ...(code === undefined ? {} : { code }) };
}

function describe(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = errorField(error, "code");
  return code === undefined || message.includes(code) ? message || "unknown" : `${code} ${message}`;
}

function errorField(error: unknown, field: "code" | "syscall"): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const value = (error as unknown as Record<string, unknown>)[field];
  return typeof value === "string" ? value : errorField(error.cause, field);
}

function plainHeaders(headers: object): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === "string") plain[name.toLowerCase()] = value;
  }
  return plain;
}
