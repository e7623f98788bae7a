import { ApiError } from "./errors";
import type { Answer } from "./answer";
import type { ApiRequest, AuthorizedRequest } from "./request";

/** One endpoint. */
export interface Route {
  readonly method: string;
  /** Such as `/v2/actor-runs/:id`. */
  readonly pattern: string;
  /** The value of `X-RateLimit-Limit`, in requests per second. */
  readonly rateLimit: number;
  readonly handle: (request: ApiRequest) => Answer | Promise<Answer>;
}

/** https://docs.apify.com/api/v2#rate-limiting */
const defaultRateLimit = 60;

/** An endpoint that requires a token. */
export function route(
  methodAndPattern: string,
  handle: (request: AuthorizedRequest) => Answer | Promise<Answer>,
  { rateLimit = defaultRateLimit }: { rateLimit?: number } = {},
): Route {
  return openRoute(
    methodAndPattern,
    (request) => {
      const { caller } = request;
      if (caller === undefined) {
        throw new ApiError("token-not-provided");
      }
      return handle({ ...request, caller });
    },
    { rateLimit },
  );
}

/** An endpoint that also answers requests without a token. */
export function openRoute(
  methodAndPattern: string,
  handle: Route["handle"],
  { rateLimit = defaultRateLimit }: { rateLimit?: number } = {},
): Route {
  const [method = "", pattern = ""] = methodAndPattern.split(" ");
  return { method, pattern, rateLimit, handle };
}

/** The part of a route that decides which requests it gets. */
type RoutePath = Pick<Route, "method" | "pattern">;

/** The route of a request, and its path parameters. */
export interface Match<Found extends RoutePath = Route> {
  readonly params: Record<string, string>;
  readonly route: Found;
}

/** Whether there is a route with this path, for any method. */
export function knowsPath(routes: readonly RoutePath[], pathname: string): boolean {
  const segments = pathname.split("/");
  return routes.some(({ pattern }) => matchSegments(pattern.split("/"), segments) !== undefined);
}

/** Finds the route of a request; throws a 404 for an unknown path, a 405 for an unknown method. */
export function matchRoute<Found extends RoutePath>(
  routes: readonly Found[],
  method: string,
  pathname: string,
): Match<Found> {
  const segments = pathname.replace(/^\/v2\/acts(?=\/|$)/, "/v2/actors").split("/");
  let pathIsKnown = false;
  for (const route of routes) {
    const params = matchSegments(route.pattern.split("/"), segments);
    if (params === undefined) continue;
    if (route.method === method) return { params, route };
    pathIsKnown = true;
  }
  if (pathIsKnown) {
    const message = `This API end-point does not support HTTP method "${method}"`;
    throw new ApiError("method-not-allowed", { message });
  }
  throw new ApiError("page-not-found");
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? "";
    if (expected.startsWith(":")) {
      if (segment === "") return undefined;
      params[expected.slice(1)] = decoded(segment);
    } else if (expected !== segment) {
      return undefined;
    }
  }
  return params;
}

/** A part of a path without its escapes; as it is, if they are not valid. */
export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
