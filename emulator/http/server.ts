import { createServer } from "node:http";
import { compressed, errorAnswer } from "./answer";
import { callerOf, tokenOf, unknownToken } from "./auth";
import { readBody } from "./body";
import { ApiError } from "./errors";
import { writeHead } from "./head";
import { checkHostAndOrigin } from "./hostCheck";
import { answerMalformed } from "./malformedRequests";
import { recordedRequest } from "./recorder";
import { matchRoute } from "./router";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { EmulatorState } from "../state/emulatorState";
import type { Answer } from "./answer";
import type { RecordedRequest, Recorder } from "./recorder";
import type { Route } from "./router";

/** Node's 5 s would now and then reset a test's request that reuses a connection. */
const keepAliveMillis = 65_000;

/** What an interceptor may work with. */
export interface Exchange {
  readonly socket: Socket;
  readonly response: ServerResponse;
  /** Whether the connection carried a request before this one. */
  readonly connection: "new" | "reused";
  /** Aborted when the client goes away, and when its answer is complete. */
  readonly disconnected: AbortSignal;
  /** Does what was asked and gives the answer, unsent: an interceptor may lose or spoil it. */
  readonly serve: () => Promise<Answer>;
  /** Sends the head of an answer, which announces the whole body. */
  readonly begin: (answer: Answer) => void;
  /** Sends an answer, unless the client has gone. */
  readonly send: (answer: Answer) => void;
}

/** Whether the emulator is to go on with a request. */
export type InterceptorResult = "pass" | "handled";

/**
 * Sees each request after it was read and before it is routed. On `handled` the emulator sends
 * nothing: the interceptor has answered, or has cut the connection.
 */
export type Interceptor = (
  request: RecordedRequest,
  exchange: Exchange,
) => InterceptorResult | Promise<InterceptorResult>;

/** What the server reads and writes beside the state. */
export interface ServerParts {
  readonly routes: readonly Route[];
  readonly recorder: Recorder;
  readonly interceptors: Set<Interceptor>;
}

/** Makes the HTTP server; it does not listen yet. */
export function createApiServer(state: EmulatorState, parts: ServerParts): Server {
  const used = new WeakSet<Socket>();
  // Node's own answer to a request without Host is none of Apify's.
  const settings = { keepAliveTimeout: keepAliveMillis, requireHostHeader: false };
  const server = createServer(settings, (message, response) => {
    const { socket } = message;
    const connection = used.has(socket) ? "reused" : "new";
    used.add(socket);
    const begin = (answer: Answer): void => {
      // A server that refuses connections must not go on serving over those it has.
      response.shouldKeepAlive &&= server.listening;
      writeHead(state, response, answer);
    };
    const send = (answer: Answer): void => {
      if (response.destroyed) return;
      begin(answer);
      response.end(answer.body);
    };
    const reply = { socket, response, connection, begin, send } as const;
    respond(state, parts, message, reply).catch((error: unknown) => {
      // A client that went away hears nothing more; a failed interceptor must not look like a hang.
      if (response.headersSent || response.destroyed) response.destroy();
      else send(errorAnswer(asApiError(error)));
    });
  });
  answerMalformed(server);
  return server;
}

async function respond(
  state: EmulatorState,
  { routes, recorder, interceptors }: ServerParts,
  message: IncomingMessage,
  reply: Omit<Exchange, "disconnected" | "serve">,
): Promise<void> {
  const { response } = reply;
  const gone = new AbortController();
  response.once("close", () => {
    gone.abort();
  });
  const url = new URL(state.url + pathOf(message));
  const token = tokenOf(message.headers, url.searchParams);
  const at = state.clock.now();
  const body = await readBody(message);
  const bodyBytes = body instanceof ApiError ? Buffer.alloc(0) : body;
  const caller = callerOf(state, token);
  const recorded = recordedRequest(message, url, { body: bodyBytes, caller, at });
  recorder.add(recorded, bodyBytes.length);

  response.once("close", () => {
    if (response.headersSent) recorded.status = response.statusCode;
  });

  const serve = async (): Promise<Answer> => {
    const answer = await answerTo(routes, recorded, (match) => {
      checkHostAndOrigin(message.headers);
      if (body instanceof ApiError) throw body;
      if (token !== undefined && caller === undefined) throw unknownToken();
      return match.route.handle({
        query: url.searchParams,
        params: match.params,
        headers: message.headers,
        clientIp: message.socket.remoteAddress ?? null,
        body,
        disconnected: gone.signal,
        caller,
      });
    });
    return compressed(answer, message.headers["accept-encoding"]);
  };

  const exchange: Exchange = { ...reply, disconnected: gone.signal, serve };
  for (const interceptor of [...interceptors]) {
    if ((await interceptor(recorded, exchange)) === "pass") continue;
    if (response.headersSent) recorded.status = response.statusCode;
    return;
  }
  const answer = await serve();
  if (!response.destroyed) recorded.status = answer.status;
  reply.send(answer);
}

/** The path and query of a request; other forms of a target, such as `*`, are for proxies. */
function pathOf({ url = "/" }: IncomingMessage): string {
  if (url.startsWith("/")) return url;
  const message = `The request target must be a path, but it is "${url}"`;
  throw new ApiError("invalid-request", { message });
}

async function answerTo(
  routes: readonly Route[],
  { method, pathname }: RecordedRequest,
  handle: (match: ReturnType<typeof matchRoute>) => Answer | Promise<Answer>,
): Promise<Answer> {
  let rateLimit = 60;
  const answer = await (async () => {
    const match = matchRoute(routes, method, pathname);
    rateLimit = match.route.rateLimit;
    return await handle(match);
  })().catch((error: unknown) => errorAnswer(asApiError(error)));
  return { ...answer, headers: { "X-RateLimit-Limit": String(rateLimit), ...answer.headers } };
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  // Without the stack: its paths are no client's business.
  const reason = error instanceof Error ? error.message : String(error);
  return new ApiError("internal-server-error", { message: `The emulator failed: ${reason}` });
}
