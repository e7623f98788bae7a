import { createServer } from "node:http";
import { compressed, errorAnswer } from "./answer";
import { callerOf, runWithToken, tokenOf, unknownToken } from "./auth";
import { readBody } from "./body";
import { checkRecorded } from "./checkRecorded";
import { completeLimits, serverOptions } from "./connectionLimits";
import { ApiError, asApiError } from "./errors";
import { writeHead } from "./head";
import { checkHostAndOrigin } from "./hostCheck";
import { answerMalformed } from "./malformedRequests";
import { recordedRequest } from "./recorder";
import { sendBody } from "./sendBody";
import { isUnread } from "./unreadBody";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { EmulatorState } from "../state/emulatorState";
import type { Answer } from "./answer";
import type { ConnectionLimits } from "./connectionLimits";
import type { Exchange, Interceptor } from "./exchange";
import type { RecordedRequest, Recorder } from "./recorder";
import type { Match, Router } from "./router";

/**
 * An Actor has written records and items, so a browser must not run them as a part of the pages. Apify
 * modifies HTML for the same reason.
 */
const harmless = { "Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff" };

/**
 * Finds what answers a request for a page; undefined for a request to the API. The function that it
 * returns checks the request, and answers whatever goes wrong.
 */
export type PageHandler = (
  message: IncomingMessage,
  url: URL,
) => ((response: ServerResponse) => Promise<Answer>) | undefined;

/** The parts of the server that the emulator provides. */
export interface ServerParts {
  readonly router: Router;
  readonly pages: PageHandler;
  readonly recorder: Recorder;
  readonly interceptors: Set<Interceptor>;
}

/** Creates the HTTP server, which does not listen yet. */
export function createApiServer(
  state: EmulatorState,
  parts: ServerParts,
  givenLimits?: Partial<ConnectionLimits>,
): Server {
  const limits = completeLimits(givenLimits);
  const { unreadAnswerMillis } = limits;
  const latest = new WeakMap<Duplex, ServerResponse>();
  const handle: RequestListener = (message, response) => {
    const { socket } = message;
    const connection = latest.has(socket) ? "reused" : "new";
    latest.set(socket, response);
    const begin = (answer: Answer): void => {
      // While the server refuses connections, it must also close those that are open.
      response.shouldKeepAlive &&= server.listening && !isUnread(message);
      writeHead(state, response, answer);
    };
    const send = (answer: Answer): void => {
      if (response.destroyed) return;
      begin(answer);
      sendBody(message, response, { answer, unreadAnswerMillis });
    };
    const reply = { socket, response, connection, begin, send } as const;
    respond(state, parts, message, reply).catch((error: unknown) => {
      // Answers if it still can: an interceptor that throws must not look like a stalled request.
      if (response.headersSent || response.destroyed) response.destroy();
      else send(errorAnswer(asApiError(error)));
    });
  };
  // Node's own answer to a request without Host would not have Apify's envelope.
  const server = createServer({ ...serverOptions(limits), requireHostHeader: false }, handle);
  server.on("checkContinue", handle);
  answerMalformed(server, {
    hasBegun: (socket) => {
      const response = latest.get(socket);
      return response?.headersSent === true && !response.writableFinished;
    },
  });
  return server;
}

async function respond(
  state: EmulatorState,
  { router, pages, recorder, interceptors }: ServerParts,
  message: IncomingMessage,
  reply: Omit<Exchange, "disconnected" | "serve">,
): Promise<void> {
  const { response } = reply;
  const gone = new AbortController();
  response.once("close", () => {
    gone.abort();
  });
  const url = new URL(state.url + pathOf(message));
  const page = pages(message, url);
  if (page !== undefined) {
    reply.send(compressed(await page(response), message.headers["accept-encoding"]));
    return;
  }
  checkHostAndOrigin(message.headers);
  const token = tokenOf(message.headers, url.searchParams);
  // Before the body is read: the run of an Actor may end while its last request is still on its way.
  const caller = callerOf(state, token);
  const actorRun = runWithToken(state, token);
  const at = state.clock.now();
  const body = await readBody(message, response);
  const bodyBytes = body instanceof ApiError ? Buffer.alloc(0) : body;
  const recorded = recordedRequest(message, url, { body: bodyBytes, caller, actorRun, at });
  recorder.add(recorded, bodyBytes.length);

  response.once("close", () => {
    if (response.headersSent) recorded.status = response.statusCode;
  });

  const serve = async (): Promise<Answer> => {
    const answer = await answerTo(router, recorded, async (match) => {
      if (body instanceof ApiError) throw body;
      if (token !== undefined && caller === undefined) throw unknownToken();
      checkRecorded(state);
      const answered = await match.route.handle({
        query: url.searchParams,
        params: match.params,
        headers: message.headers,
        clientIp: message.socket.remoteAddress ?? null,
        body,
        disconnected: gone.signal,
        caller,
      });
      checkRecorded(state);
      return answered;
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

/** The path and query of a request. Other forms of the target, such as `*`, are refused. */
function pathOf({ url = "/" }: IncomingMessage): string {
  if (url.startsWith("/")) return url;
  const message = `The request target must be a path, but it is "${url}"`;
  throw new ApiError("invalid-request", { message });
}

async function answerTo(
  router: Router,
  { method, pathname }: RecordedRequest,
  handle: (match: Match) => Answer | Promise<Answer>,
): Promise<Answer> {
  let rateLimit = 60;
  const answer = await (async () => {
    const match = router.match(method, pathname);
    rateLimit = match.route.rateLimit;
    return await handle(match);
  })().catch((error: unknown) => errorAnswer(asApiError(error)));
  return {
    ...answer,
    headers: { ...harmless, "X-RateLimit-Limit": String(rateLimit), ...answer.headers },
  };
}
