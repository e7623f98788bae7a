import { isObject, parseJson } from "../json";
import { ApiError, notAnObject } from "./errors";
import type { IncomingHttpHeaders } from "node:http";
import type { JsonObject } from "../json";
import type { RunEntry, User } from "../state/entities";

/** The owner of a request's token. `run` is set if the token is that of an Actor. */
export interface Caller {
  readonly user: User;
  readonly run?: RunEntry;
}

/** A request as route handlers get it. */
export interface ApiRequest {
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly clientIp: string | null;
  readonly body: Buffer;
  /** Aborted when the client disconnects. */
  readonly disconnected: AbortSignal;
  readonly caller: Caller | undefined;
}

/** A request with a valid token. */
export interface AuthorizedRequest extends ApiRequest {
  readonly caller: Caller;
}

/** The value of a path parameter that the route's pattern contains. */
export function param(request: ApiRequest, name: string): string {
  return request.params[name] ?? "";
}

/** The body as JSON; undefined if it is empty. */
export function jsonBody({ body, headers }: ApiRequest): unknown {
  if (body.length === 0) return undefined;
  const contentType = headers["content-type"] ?? "";
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType)) {
    const message = `Content-Type must be application/json, but it is "${contentType}"`;
    throw new ApiError("invalid-content-type-header", { message });
  }
  try {
    return parseJson(body.toString("utf8"));
  } catch (error) {
    const message = `POST data must be a JSON object: ${(error as Error).message}`;
    throw new ApiError("invalid-request", { message });
  }
}

/** The input in the body; undefined if there is none, for which the Python client sends `null`. */
export function inputBody(request: ApiRequest): JsonObject | undefined {
  return jsonBody(request) === null ? undefined : objectBody(request);
}

/** The body as a JSON object; undefined if it is empty. */
export function objectBody(request: ApiRequest): JsonObject | undefined {
  const value = jsonBody(request);
  if (value === undefined || isObject(value)) return value;
  throw notAnObject();
}
