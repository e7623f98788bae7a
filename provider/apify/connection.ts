import { failureOf } from "./failure";
import { sendOnce } from "./http";
import { redactionOf } from "./redaction";
import { retryPauseMillis } from "./retry";
import { defaultSetup } from "./setup";
import type { Clock } from "./clock";
import type { ApifyError, ApifyNoAnswerError, RequestError } from "./errors";
import type { HttpRequest, HttpResult } from "./http";
import type { Redaction } from "./redaction";
import type { AccountSetup } from "./setup";

/** How to reach one Apify account. What is left out of the set-up is as in `defaultSetup`. */
export interface ConnectionOptions extends Partial<AccountSetup> {
  /** The API token; sent in the `Authorization` header and kept out of everything else. */
  readonly token: string;
  readonly baseUrl: string;
  /** Apify stores it with each run, as `run.meta.userAgent`. */
  readonly userAgent: string;
  readonly clock: Clock;
  /** Seconds for one attempt of an ordinary request. Default: 30. */
  readonly attemptTimeoutSecs?: number;
  /** Seconds for all attempts of an ordinary request together. Default: 120. */
  readonly totalTimeoutSecs?: number;
  /** Seconds for which a refused connection is tried again. Default: as long as any other trouble. */
  readonly refusedSecs?: number | undefined;
}

/**
 * How a request is sent, and whether it may be sent again when nobody knows what became of it. A GET or
 * DELETE may: it does nothing more the second time. A POST has to say: `once` for one that creates
 * something, which is sent again only after an answer that proves that Apify has done nothing.
 */
export type Sending =
  | { readonly method: "GET" | "DELETE" }
  | { readonly method: "POST"; readonly repeatable: "idempotent" | "once" };

/** A request as an endpoint states it. */
export type ApiRequest = Sending & RequestParts;

/** The parts of a request that do not depend on its method. */
export interface RequestParts {
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
  /** Sends a request until it is answered, as far as it may be repeated. Throws `ApifyError` or `ApifyNoAnswerError`. */
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

  const { tokenFrom, baseUrlFrom, baseUrl, consoleUrl } = { ...defaultSetup, ...options };
  const setup = { tokenFrom, baseUrlFrom, baseUrl, consoleUrl };
  const failure: Connection["failure"] = ({ method, path }, result, attempts) =>
    failureOf({ method, path, setup }, result, {
      redaction,
      attempts,
      refusedSecs: options.refusedSecs,
    });

  return {
    redaction,
    failure,
    callOnce: (request) => send(request, attemptMillis + (request.serverWaitSecs ?? 0) * 1000),
    call: async (request) => {
      const waitMillis = (request.serverWaitSecs ?? 0) * 1000;
      const withinMillis =
        request.withinSecs === undefined ? totalMillis + waitMillis : request.withinSecs * 1000;
      const began = clock.monotonicMillis();
      const leftOf = (millis: number): number => began + millis - clock.monotonicMillis();
      for (let attempts = 1; ; attempts++) {
        const timeoutMillis = Math.min(attemptMillis + waitMillis, leftOf(withinMillis));
        const result = await send(request, timeoutMillis);
        if (isSuccess(result)) return answerOf(result, redaction);
        const error = failure(request, result, attempts);
        const { transient } = error;
        if (transient === undefined || !mayRepeat(request, error) || request.signal?.aborted) {
          throw error;
        }
        const limitMillis = Math.min(withinMillis, (transient.withinSecs ?? Infinity) * 1000);
        const pauseMillis = retryPauseMillis({
          transient,
          attempts,
          remainingMillis: leftOf(limitMillis),
          random: clock.random(),
        });
        if (pauseMillis === undefined) throw error;
        request.onPause?.(`${transient.reason}; trying again for up to ${inWords(limitMillis)}`);
        await clock.sleep(pauseMillis, request.signal);
      }
    },
  };
}

function mayRepeat(request: ApiRequest, { effect }: RequestError): boolean {
  return request.method !== "POST" || request.repeatable === "idempotent" || effect === "none";
}

function inWords(millis: number): string {
  const secs = Math.round(millis / 1000);
  return secs < 120 ? `${secs} s` : `${Math.round(secs / 60)} min`;
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

function queryString(query: ApiRequest["query"]): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.append(name, String(value));
  }
  return parameters.size === 0 ? "" : `?${parameters.toString()}`;
}
