import type { IncomingMessage } from "node:http";
import type { RunEntry } from "../state/entities";
import type { Caller } from "./request";

/** A request that the emulator received. */
export interface RecordedRequest {
  readonly method: string;
  /** With the query, in which `token` is redacted. */
  readonly path: string;
  /** Without the query. */
  readonly pathname: string;
  /** Undefined unless an answer was sent. */
  status: number | undefined;
  /** Names in lower case; the values of `Authorization` and `Cookie` are redacted. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed if it is JSON, else text; absent if it was empty. */
  readonly body?: unknown;
  /** Epoch milliseconds of the emulator's clock. */
  readonly at: number;
  /** Whether the request had a valid token. */
  readonly authorized: boolean;
  /** The run whose Actor sent the request, if it was an Actor. */
  readonly actorRunId?: string;
}

/** Limits on the recorded requests. Beyond them the oldest are removed. */
export interface Recording {
  /** @default Infinity */
  readonly maxRequests?: number;
  /** The total size of their bodies. @default Infinity */
  readonly maxBodyBytes?: number;
}

/** Records requests. */
export interface Recorder {
  /** In the order in which they were completely read. */
  readonly requests: readonly RecordedRequest[];
  readonly add: (request: RecordedRequest, bodyBytes: number) => void;
  readonly clear: () => void;
}

/** Creates a recorder. */
export function createRecorder({
  maxRequests = Infinity,
  maxBodyBytes = Infinity,
}: Recording = {}): Recorder {
  const requests: RecordedRequest[] = [];
  let sizes: number[] = [];
  let keptBytes = 0;
  return {
    requests,
    add: (request, bodyBytes) => {
      requests.push(request);
      sizes.push(bodyBytes);
      keptBytes += bodyBytes;
      while (requests.length > maxRequests || keptBytes > maxBodyBytes) {
        requests.shift();
        keptBytes -= sizes.shift() ?? 0;
      }
    },
    clear: () => {
      requests.length = 0;
      sizes = [];
      keptBytes = 0;
    },
  };
}

interface Sent {
  readonly body: Buffer;
  readonly caller: Caller | undefined;
  /** Whose Actor sent the request; it may have ended. */
  readonly actorRun: RunEntry | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The record of a request, without its token. */
export function recordedRequest(
  message: IncomingMessage,
  url: URL,
  { body, caller, actorRun, at }: Sent,
): RecordedRequest {
  const redacted = new URL(url);
  if (redacted.searchParams.has("token")) redacted.searchParams.set("token", "…");
  return {
    method: message.method ?? "GET",
    path: url.searchParams.has("token")
      ? redacted.pathname + redacted.search
      : (message.url ?? "/"),
    pathname: url.pathname,
    status: undefined,
    headers: redactedHeaders(message),
    ...(body.length === 0 ? {} : { body: parsedBody(body) }),
    at,
    authorized: caller !== undefined,
    ...(actorRun === undefined ? {} : { actorRunId: actorRun.run.id }),
  };
}

/** Whether a request changes something and comes from an API client, not from an Actor. */
export function isClientWrite({ method, actorRunId }: RecordedRequest): boolean {
  return method !== "GET" && method !== "HEAD" && actorRunId === undefined;
}

function redactedHeaders({ headers }: IncomingMessage): Record<string, string> {
  const redacted: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) redacted[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  if (redacted.authorization !== undefined) redacted.authorization = "Bearer …";
  if (redacted.cookie !== undefined) redacted.cookie = "…";
  return redacted;
}

function parsedBody(body: Buffer): unknown {
  const text = body.toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
