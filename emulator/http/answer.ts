import { gzipSync } from "node:zlib";
import type { ApiError } from "./errors";

/** An answer before it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /**
   * Writes what comes after `body`, until there is no more or the client disconnects. `write` resolves
   * when the client can take more.
   */
  readonly follow?: (
    write: (chunk: string) => Promise<void>,
    disconnected: AbortSignal,
  ) => Promise<void>;
}

const jsonType = "application/json; charset=utf-8";
const minCompressedBytes = 1024;

/** 200 with `{data: …}`. */
export function ok(data: unknown): Answer {
  return json(200, { data });
}

/** 201 with `{data: …}`. */
export function created(data: unknown, headers: Record<string, string> = {}): Answer {
  return json(201, { data }, headers);
}

/** 201 with an empty object, for items and records that were stored. */
export function stored(): Answer {
  return json(201, {});
}

/** 204. */
export function noContent(): Answer {
  return { status: 204, headers: {}, body: Buffer.alloc(0) };
}

/** JSON as it is, without an envelope. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return bytes(Buffer.from(JSON.stringify(value, null, 2)), jsonType, { status, headers });
}

/** A body of any type. */
export function bytes(
  body: Buffer,
  contentType: string,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Answer {
  return { status, headers: { "Content-Type": contentType, ...headers }, body };
}

/** Apify's error envelope. */
export function errorAnswer({ status, type, message, data }: ApiError): Answer {
  return json(status, { error: { type, message, ...(data === undefined ? {} : { data }) } });
}

/** Compresses an answer if the client accepts gzip and the body is large enough. */
export function compressed(answer: Answer, acceptEncoding: string | undefined): Answer {
  if (answer.follow !== undefined || answer.body.length < minCompressedBytes) return answer;
  if (!acceptsGzip(acceptEncoding)) return answer;
  const headers = { ...answer.headers, "Content-Encoding": "gzip", Vary: "Accept-Encoding" };
  return { ...answer, headers, body: gzipSync(answer.body) };
}

function acceptsGzip(acceptEncoding = ""): boolean {
  return acceptEncoding.split(",").some((part) => {
    const [coding = "", quality = ""] = part.trim().split(/\s*;\s*/);
    return /^(gzip|\*)$/i.test(coding) && !/^q=0(\.0*)?$/i.test(quality);
  });
}
