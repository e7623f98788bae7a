import { responseIn, readData } from "./apiResponse";
import { mayRetry, pathWithQuery } from "./apiRequest";
import { errorFromResult } from "./errorFromResult";
import { sendOnce } from "./http";
import { redactionOf } from "./redaction";
import { retryPauseMillis } from "./retry";
import { defaultSetup } from "./accountSetup";
import type { z } from "zod";
import type { ApiResponse } from "./apiResponse";
import type { ApiRequest, SingleRequest } from "./apiRequest";
import type { Clock } from "./clock";
import type { RequestError } from "./errors";
import type { HttpResult } from "./http";
import type { Redaction } from "./redaction";
import type { AccountSetup } from "./accountSetup";

/** How to reach one Apify account. Omitted parts of the `AccountSetup` come from `defaultSetup`. */
export interface ConnectionOptions extends Partial<AccountSetup> {
  /** The API token. It is sent in the `Authorization` header and appears nowhere else. */
  readonly token: string;
  readonly baseUrl: string;
  /** Apify stores it with each run, as `run.meta.userAgent`. */
  readonly userAgent: string;
  readonly clock: Clock;
  /** Seconds for one attempt of an ordinary request. Default: 30. */
  readonly attemptTimeoutSecs?: number;
  /** Seconds for all attempts of an ordinary request together. Default: 120. */
  readonly totalTimeoutSecs?: number;
  /** Seconds for which a refused connection is retried. Default: as for any other transient failure. */
  readonly refusedSecs?: number | undefined;
}

/** Sends requests to one account. */
export interface Connection {
  /** Sends a request, and retries it where `mayRetry` allows, until it succeeds or its time is up. Throws a `RequestError`. */
  call(request: ApiRequest): Promise<ApiResponse>;
  /** Like `call`, for a response in Apify's `{ data: … }` envelope. Returns the data. */
  data<S extends z.ZodType>(request: ApiRequest, schema: S): Promise<z.infer<S>>;
  /** Sends a request exactly once, and returns the result. Default timeout: the timeout of one attempt. */
  callOnce(request: SingleRequest, timeoutMillis?: number): Promise<HttpResult>;
  /** Converts an unsuccessful result, after this many attempts, to an error. */
  errorFrom(request: SingleRequest, result: HttpResult, attempts: number): RequestError;
  /** Removes the token from responses, in case they echo it. */
  readonly redaction: Redaction;
}

const defaultMaxResponseBytes = 16 * 1024 * 1024;

/** Opens a connection. Nothing is sent before the first call. */
export function connect(options: ConnectionOptions): Connection {
  const { clock, token } = options;
  const totalMillis = (options.totalTimeoutSecs ?? 120) * 1000;
  const redaction = redactionOf(token);
  const { tokenFrom, baseUrlFrom, baseUrl, consoleUrl } = { ...defaultSetup, ...options };
  const setup = { tokenFrom, baseUrlFrom, baseUrl, consoleUrl };

  const attemptMillis = ({ serverWaitSecs = 0 }: SingleRequest): number =>
    ((options.attemptTimeoutSecs ?? 30) + serverWaitSecs) * 1000;

  const callOnce: Connection["callOnce"] = (request, timeoutMillis = attemptMillis(request)) =>
    sendOnce(
      {
        method: request.method,
        url: `${options.baseUrl}${pathWithQuery(request)}`,
        headers: {
          Authorization: `Bearer ${token}`,
          "User-Agent": `${options.userAgent} ${request.userAgentNote ?? ""}`.trimEnd(),
          Accept: "application/json, */*",
          "Accept-Encoding": acceptedEncoding(request),
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

  const errorFrom: Connection["errorFrom"] = ({ method, path }, result, attempts) =>
    errorFromResult({ method, path, setup }, result, {
      redaction,
      attempts,
      refusedSecs: options.refusedSecs,
    });

  const call: Connection["call"] = async (request) => {
    const { serverWaitSecs = 0, withinSecs, signal } = request;
    const withinMillis =
      withinSecs === undefined ? totalMillis + serverWaitSecs * 1000 : withinSecs * 1000;
    const began = clock.monotonicMillis();
    const leftOf = (millis: number, since = began): number =>
      since + millis - clock.monotonicMillis();
    let shortLimitSince: number | undefined;
    for (let attempts = 1; ; attempts++) {
      const timeoutMillis = Math.min(attemptMillis(request), leftOf(withinMillis));
      const result = await callOnce(request, timeoutMillis);
      const response = responseIn(result, redaction);
      if (response !== undefined) return response;
      const error = errorFrom(request, result, attempts);
      const { transient, effect } = error;
      if (transient === undefined || !mayRetry(request, effect) || signal?.aborted) throw error;
      const { withinSecs: shortLimitSecs = Infinity } = transient;
      // The response may have been held back for long before the first such failure.
      if (transient.withinSecs !== undefined) shortLimitSince ??= clock.monotonicMillis();
      const pauseMillis = retryPauseMillis({
        transient,
        attempts,
        remainingMillis: Math.min(
          leftOf(withinMillis),
          leftOf(shortLimitSecs * 1000, shortLimitSince),
        ),
        random: clock.random(),
      });
      if (pauseMillis === undefined) throw error;
      const limitMillis = Math.min(withinMillis, shortLimitSecs * 1000);
      request.onPause?.(`${transient.reason}; trying again for up to ${inWords(limitMillis)}`);
      await clock.sleep(pauseMillis, signal);
    }
  };

  return {
    call,
    data: async (request, schema) => readData(request, await call(request), schema),
    callOnce,
    errorFrom,
    redaction,
  };
}

/**
 * Small responses come uncompressed, since unpacking two kilobytes takes longer than receiving them. So do
 * responses that the server sends piece by piece, which compression would hold back.
 */
function acceptedEncoding({ maxResponseBytes, serverWaitSecs }: SingleRequest): string {
  return maxResponseBytes === undefined || serverWaitSecs !== undefined
    ? "identity"
    : "gzip, deflate, br";
}

function inWords(millis: number): string {
  const secs = Math.round(millis / 1000);
  return secs < 120 ? `${secs} s` : `${Math.round(secs / 60)} min`;
}
