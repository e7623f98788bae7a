import type { IncomingMessage } from "node:http";
import type { Caller } from "./request";

/** One request that the emulator saw. */
export interface RecordedRequest {
  readonly method: string;
  /** With the query, `token` redacted. */
  readonly path: string;
  /** Without the query. */
  readonly pathname: string;
  /** Undefined until an answer was sent, and for ever when none was. */
  status: number | undefined;
  /** Names in lower case; the value of Authorization redacted. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when it is JSON, else text; absent when there was none. */
  readonly body?: unknown;
  /** Epoch milliseconds of the emulator's clock. */
  readonly at: number;
  /** Whether the request came with a token that the emulator knows. */
  readonly authorized: boolean;
  /** The run whose Actor sent it, if one did. */
  readonly actorRunId?: string;
}

/** How much is kept of the requests that were seen; what is over goes, the oldest first. */
export interface Recording {
  /** @default Infinity */
  readonly maxRequests?: number;
  /** Of their bodies, as they came. @default Infinity */
  readonly maxBodyBytes?: number;
}

/** Keeps the requests that were seen. */
export interface Recorder {
  /** In the order in which they were read to their end. */
  readonly requests: readonly RecordedRequest[];
  readonly add: (request: RecordedRequest, bodyBytes: number) => void;
  readonly clear: () => void;
}

/** Makes a recorder. */
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

/** Writes a request down, without its secrets. */
export function recordedRequest(
  message: IncomingMessage,
  url: URL,
  { body, caller, at }: { body: Buffer; caller: Caller | undefined; at: number },
): RecordedRequest {
  const shown = new URL(url);
  if (shown.searchParams.has("token")) shown.searchParams.set("token", "…");
  return {
    method: message.method ?? "GET",
    path: url.searchParams.has("token") ? shown.pathname + shown.search : (message.url ?? "/"),
    pathname: url.pathname,
    status: undefined,
    headers: redactedHeaders(message),
    ...(body.length === 0 ? {} : { body: parsedBody(body) }),
    at,
    authorized: caller !== undefined,
    ...(caller?.run === undefined ? {} : { actorRunId: caller.run.run.id }),
  };
}

/** Whether an API client, and no Actor, asked for a change. */
export function isClientWrite({ method, actorRunId }: RecordedRequest): boolean {
  return method !== "GET" && method !== "HEAD" && actorRunId === undefined;
}

function redactedHeaders({ headers }: IncomingMessage): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) shown[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  if (shown.authorization !== undefined) shown.authorization = "Bearer …";
  return shown;
}

function parsedBody(body: Buffer): unknown {
  const text = body.toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
