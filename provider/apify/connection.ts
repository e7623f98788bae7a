import { ApifyError, ApifyNoAnswerError, parseErrorBody } from "./errors";
import { sendOnce } from "./http";
import { obstacleOf, retryAfterMillis } from "./obstacle";
import { redactionOf } from "./redaction";
import { decideRetry } from "./retry";
import type { Clock } from "./clock";
import type { RequestPlace } from "./errors";
import type { HttpRequest, HttpResult } from "./http";
import type { Redaction } from "./redaction";

/** How to reach one Apify account. */
export interface ConnectionOptions {
  /** The API token; sent in the `Authorization` header and kept out of everything else. */
  readonly token: string;
  /** Where the user has set the token, in words. Default: `apify:token (or APIFY_TOKEN)`. */
  readonly tokenFrom?: string | undefined;
  /** Without a trailing slash and without `/v2`. */
  readonly baseUrl: string;
  /** Apify stores it with each run, as `run.meta.userAgent`. */
  readonly userAgent: string;
  readonly clock: Clock;
  /** Seconds for one attempt of an ordinary request. Default: 30. */
  readonly attemptTimeoutSecs?: number;
  /** Seconds for all attempts of an ordinary request together. Default: 120. */
  readonly totalTimeoutSecs?: number;
}

/** A request as an endpoint states it. */
export interface ApiRequest {
  readonly method: HttpRequest["method"];
  /** From `/v2` on, with each variable part encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** A JSON document. */
  readonly body?: string;
  /** Seconds that the server may take on purpose, as with `waitForFinish`; added to the time-out. */
  readonly serverWaitSecs?: number | undefined;
  /** Seconds for all attempts together. Default: those of the connection, and `serverWaitSecs`. */
  readonly withinSecs?: number | undefined;
  /** Called with the reason for each pause before the request is sent again. */
  readonly onPause?: ((reason: string) => void) | undefined;
  /** Added to the connection's `User-Agent`. */
  readonly userAgentNote?: string;
  readonly maxResponseBytes?: number;
  readonly connection?: HttpRequest["connection"];
  /** Makes what takes the body of one attempt as it comes; the answer has an empty one then. */
  readonly bodyTaker?: () => (chunk: Buffer) => void;
  readonly signal?: AbortSignal | undefined;
}

/** A complete answer with a 2xx status. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body without the token. */
  readonly text: string;
  /** The body as JSON, without the token. Throws when it is none; for what is nested too deeply see `Redaction`. */
  json(whatIsTooDeep: "throws" | "becomesNull"): unknown;
}

/** Sends requests to one account. */
export interface Connection {
  readonly baseUrl: string;
  /** Sends a request that may be repeated until it is answered. Throws `ApifyError` or `ApifyNoAnswerError`. */
  call(request: ApiRequest): Promise<ApiAnswer>;
  /** Sends a request exactly once and says how it ended. */
  callOnce(request: ApiRequest): Promise<HttpResult>;
  /** The error that a result without success amounts to, after so many attempts. */
  failure(
    request: ApiRequest,
    result: HttpResult,
    attempts: number,
  ): ApifyError | ApifyNoAnswerError;
  /** Takes the token out of what came back, in case somebody echoed it. */
  readonly redaction: Redaction;
}

const defaultMaxResponseBytes = 16 * 1024 * 1024;

/** Opens a connection; nothing is sent before the first call. */
export function connect(options: ConnectionOptions): Connection {
  const { clock, token } = options;
  const attemptMillis = (options.attemptTimeoutSecs ?? 30) * 1000;
  const totalMillis = (options.totalTimeoutSecs ?? 120) * 1000;
  const redaction = redactionOf(token);

  const send = (request: ApiRequest, timeoutMillis: number): Promise<HttpResult> =>
    sendOnce(
      {
        method: request.method,
        url: `${options.baseUrl}${request.path}${queryString(request.query)}`,
        headers: {
          Authorization: `Bearer ${token}`,
          "User-Agent": `${options.userAgent} ${request.userAgentNote ?? ""}`.trimEnd(),
          Accept: "application/json, */*",
          // To unpack an answer of two kilobytes costs more than to receive it.
          // And what comes bit by bit is not to wait for a block that is worth packing.
          "Accept-Encoding":
            request.maxResponseBytes === undefined || request.serverWaitSecs !== undefined
              ? "identity"
              : "gzip, deflate, br",
        },
        ...(request.body === undefined ? {} : { body: request.body }),
        timeoutMillis,
        maxResponseBytes: request.maxResponseBytes ?? defaultMaxResponseBytes,
        connection: request.connection ?? "kept",
        takeBody: request.bodyTaker?.(),
        ...(request.signal === undefined ? {} : { signal: request.signal }),
      },
      clock,
    );

  const failure: Connection["failure"] = ({ method, path }, result, attempts) =>
    failureOf({ method, path, tokenFrom: options.tokenFrom }, result, redaction, attempts);

  return {
    baseUrl: options.baseUrl,
    redaction,
    failure,
    callOnce: (request) => send(request, attemptMillis + (request.serverWaitSecs ?? 0) * 1000),
    call: async (request) => {
      const waitMillis = (request.serverWaitSecs ?? 0) * 1000;
      const withinMillis =
        request.withinSecs === undefined ? totalMillis + waitMillis : request.withinSecs * 1000;
      const deadline = clock.monotonicMillis() + withinMillis;
      for (let attempts = 1; ; attempts++) {
        const left = deadline - clock.monotonicMillis();
        const result = await send(request, Math.min(attemptMillis + waitMillis, left));
        if (isSuccess(result)) return answerOf(result, redaction);
        const decision = decideRetry({
          obstacle: obstacleOf(result, "idempotent"),
          attempts,
          remainingMillis: deadline - clock.monotonicMillis(),
          random: clock.random(),
        });
        if (decision.retry === "never" || request.signal?.aborted) {
          throw failure(request, result, attempts);
        }
        request.onPause?.(redaction.text(decision.reason));
        await clock.sleep(decision.millis, request.signal);
      }
    },
  };
}

type Response = Extract<HttpResult, { kind: "response" }>;

function isSuccess(result: HttpResult): result is Response {
  return (
    result.kind === "response" &&
    result.status >= 200 &&
    result.status < 300 &&
    result.cut === undefined
  );
}

function answerOf({ status, headers, body }: Response, redaction: Redaction): ApiAnswer {
  return {
    status,
    headers,
    get text() {
      return redaction.text(body.toString("utf8"));
    },
    json: (whatIsTooDeep) => redaction.json(JSON.parse(body.toString("utf8")), whatIsTooDeep),
  };
}

function failureOf(
  place: RequestPlace,
  result: HttpResult,
  redaction: Redaction,
  attempts: number,
): ApifyError | ApifyNoAnswerError {
  const tries = attempts === 1 ? "" : ` (${attempts} attempts)`;
  if (result.kind !== "response") {
    const kind = result.kind === "notSent" ? "unreachable" : "noAnswer";
    return new ApifyNoAnswerError(place, kind, redaction.text(`${result.reason}${tries}`));
  }
  if (result.status >= 200 && result.status < 300) {
    const reason = result.cut ?? "the answer is not of the documented shape";
    return new ApifyNoAnswerError(place, "unreadable", redaction.text(`${reason}${tries}`));
  }
  if (result.status >= 300 && result.status < 400) {
    const target = result.headers.location ?? "another address";
    const reason = `it redirects (${result.status}) to ${target}; set the base URL to where the API is`;
    return new ApifyNoAnswerError(place, "unreadable", redaction.text(reason));
  }
  const body = parseErrorBody(result.body.toString("utf8"), redaction);
  return new ApifyError(place, result.status, body, retryAfterMillis(result));
}

function queryString(query: ApiRequest["query"]): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.append(name, String(value));
  }
  return parameters.size === 0 ? "" : `?${parameters.toString()}`;
}
