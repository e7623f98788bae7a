import { readBody } from "../http/body";
import { checkRecorded } from "../http/checkRecorded";
import { ApiError, asApiError } from "../http/errors";
import { checkHostAndOrigin } from "../http/hostCheck";
import { createRouter } from "../http/router";
import { assetRoutes } from "./assets";
import { actorRoutes } from "./actorPage";
import { consoleRoutes } from "./consoleAddresses";
import { errorPage } from "./errorPage";
import { faultRoutes } from "./faultsPage";
import { createLiveVersions } from "./liveVersions";
import { runActionRoutes } from "./runActions";
import { runListRoutes } from "./runListPage";
import { runRoutes } from "./runPage";
import { checkSameOrigin } from "./sameOrigin";
import { createSessions } from "./sessions";
import { signInRoutes } from "./signIn";
import { storageRoutes } from "./storagePages";
import { taskRoutes } from "./taskPages";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Faults } from "../faults/injection";
import type { Answer } from "../http/answer";
import type { Router } from "../http/router";
import type { PageHandler } from "../http/server";
import type { EmulatorState } from "../state/emulatorState";
import type { User } from "../state/entities";
import type { PageRequest, PageRoute } from "./pageRequest";

/**
 * Creates the pages for people, at the paths outside of `/v2`. They are no part of the API: they are
 * not recorded, and faults do not apply to them.
 *
 * A client that accepts JSON and not HTML, such as the official one, gets the API's 404 on every path
 * outside of `/v2`, and so does any other client that does not ask for HTML on a path without a page.
 */
export function createPages(state: EmulatorState, faults: Faults): PageHandler {
  const context = { state, faults, versions: createLiveVersions(state, faults) };
  const sessions = createSessions(state);
  const router = createRouter([
    ...assetRoutes(),
    ...signInRoutes(state, sessions),
    ...runListRoutes(context),
    ...runRoutes(context),
    ...runActionRoutes(state),
    ...taskRoutes(context),
    ...faultRoutes(context),
    ...storageRoutes(state),
    ...consoleRoutes(state),
    // Last, because the id of an Actor can be any word: /actors/tasks is not an Actor.
    ...actorRoutes(state),
  ]);
  return (message, url) => {
    if (!isForPage(router, url.pathname, message.headers)) return undefined;
    const user = sessions.userOf(message.headers);
    return (response) => answerTo(state, router, { message, url, user, response });
  };
}

function isForPage(
  router: Router<PageRoute>,
  pathname: string,
  { accept = "*/*" }: IncomingHttpHeaders,
): boolean {
  if (pathname === "/v2" || pathname.startsWith("/v2/")) return false;
  if (accept.includes("text/html")) return true;
  return !accept.includes("application/json") && router.knows(pathname);
}

interface Visit {
  readonly message: IncomingMessage;
  readonly url: URL;
  readonly user: User | undefined;
  readonly response: ServerResponse;
}

async function answerTo(
  state: EmulatorState,
  router: Router<PageRoute>,
  { message, url, user, response }: Visit,
): Promise<Answer> {
  const { headers } = message;
  const { pathname, searchParams: query } = url;
  const request: PageRequest = { pathname, query, params: {}, headers, user };
  try {
    checkHostAndOrigin(headers);
    const body = await readBody(message, response);
    const method = message.method === "HEAD" ? "GET" : (message.method ?? "GET");
    const { route, params } = router.match(method, pathname);
    const form = route.method === "POST" ? formOf(headers, body) : new URLSearchParams();
    checkRecorded(state);
    const answer = await route.handle({ ...request, params, form });
    checkRecorded(state);
    return answer;
  } catch (error) {
    return errorPage(state, request, asApiError(error));
  }
}

function formOf(headers: IncomingHttpHeaders, body: Buffer | ApiError): URLSearchParams {
  checkSameOrigin(headers);
  if (body instanceof ApiError) throw body;
  const contentType = headers["content-type"] ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType)) {
    const message = `A form is application/x-www-form-urlencoded, but this is "${contentType}".`;
    throw new ApiError("invalid-content-type-header", { message });
  }
  return new URLSearchParams(body.toString("utf8"));
}
