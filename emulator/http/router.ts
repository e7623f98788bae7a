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

/** Finds routes. Of two that match a request, it finds the first one. */
export interface Router<Found extends RoutePath = Route> {
  /** Whether there is a route with this path, for any method. */
  readonly knows: (pathname: string) => boolean;
  /** Finds the route of a request; throws a 404 for an unknown path, a 405 for an unknown method. */
  readonly match: (method: string, pathname: string) => Match<Found>;
}

/** A route, and the parts of its pattern. */
interface SplitRoute<Found> {
  readonly route: Found;
  readonly pattern: readonly string[];
}

/** Creates a router. It splits the patterns only once, and looks at those as long as the path. */
export function createRouter<Found extends RoutePath>(routes: readonly Found[]): Router<Found> {
  const byLength = new Map<number, SplitRoute<Found>[]>();
  for (const route of routes) {
    const pattern = route.pattern.split("/");
    byLength.set(pattern.length, [...(byLength.get(pattern.length) ?? []), { route, pattern }]);
  }
  const matches = function* (segments: readonly string[]): Generator<Match<Found>> {
    for (const { route, pattern } of byLength.get(segments.length) ?? []) {
      const params = matchSegments(pattern, segments);
      if (params !== undefined) yield { route, params };
    }
  };
  return {
    knows: (pathname) => matches(pathname.split("/")).next().done !== true,
    match: (method, pathname) => {
      const segments = pathname.replace(/^\/v2\/acts(?=\/|$)/, "/v2/actors").split("/");
      let pathIsKnown = false;
      for (const match of matches(segments)) {
        if (match.route.method === method) return match;
        pathIsKnown = true;
      }
      if (!pathIsKnown) throw new ApiError("page-not-found");
      const message = `This API end-point does not support HTTP method "${method}"`;
      throw new ApiError("method-not-allowed", { message });
    },
  };
}

/** The parameters of a path with as many parts as the pattern; undefined if it does not match. */
function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
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
