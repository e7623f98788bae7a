import type { Effect } from "./classify";
import type { HttpRequest } from "./http";

/** How long to retry a request, and what to call before each retry. */
export interface RetryOptions {
  /** Seconds for all attempts together. Default: the connection's `totalTimeoutSecs`. */
  readonly withinSecs?: number | undefined;
  /** Called before each retry, with the reason and how long the retries will continue. */
  readonly onPause?: ((reason: string) => void) | undefined;
}

/**
 * The method, and whether the request may be repeated. A GET, PUT or DELETE may: a second one has no further
 * effect. A POST says so itself. `always`: it is idempotent. `ifNotProcessed`: it creates something, so it is
 * repeated only after a failure which proves that Apify did not process it.
 */
export type Repeatable =
  | { readonly method: "GET" | "PUT" | "DELETE" }
  | { readonly method: "POST"; readonly repeatable: "always" | "ifNotProcessed" };

/** A request to an endpoint, which `Connection.call` repeats if it may be repeated. */
export type ApiRequest = Repeatable & RequestParts;

/** A request that `Connection.callOnce` sends once. */
export type SingleRequest = RequestParts & { readonly method: ApiRequest["method"] };

/** The parts of a request that do not depend on its method. */
export interface RequestParts extends RetryOptions {
  /** From `/v2` on, with each variable part encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** A JSON document. */
  readonly body?: string;
  /** Seconds for which the server may hold back its response on purpose, as with `waitForFinish`. They extend the timeout. */
  readonly serverWaitSecs?: number | undefined;
  /** Added to the connection's `User-Agent`. */
  readonly userAgentNote?: string;
  readonly maxResponseBytes?: number;
  readonly connection?: HttpRequest["connection"];
  /** Called for each attempt. Returns a function that receives the body; the response's own text is then empty. */
  readonly bodyTaker?: () => (chunk: Buffer) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Whether a request may be repeated after a failure with this effect. Pure. */
export function mayRetry(request: ApiRequest, effect: Effect): boolean {
  return request.method !== "POST" || request.repeatable === "always" || effect === "none";
}

/** The path with its query. Parameters that are `undefined` are omitted. */
export function pathWithQuery({ path, query }: Pick<RequestParts, "path" | "query">): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.append(name, String(value));
  }
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
}
