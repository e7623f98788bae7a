import { json, ok } from "../http/answer";
import { invalidValue, notFound } from "../http/errors";
import { listPageOf } from "../http/listPage";
import { booleanParam } from "../http/query";
import { inputBody, param } from "../http/request";
import { openRoute, route } from "../http/router";
import { checkInput, mergeInput } from "../runs/input";
import { resolveBuild } from "../runs/options";
import { findActor } from "../state/lookup";
import { actorListItem, actorView, buildView, lastRunOf, versionsOf } from "./actorViews";
import { answerRunList } from "./runLists";
import { answerStart, startsPerSecond } from "./starts";
import type { Answer } from "../http/answer";
import type { ApiRequest, AuthorizedRequest } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { Actor } from "../state/entities";

/** /v2/actors. Actors are declared; the API can read and run them. */
export function actorRoutes(state: EmulatorState): Route[] {
  const actor = "/v2/actors/:id";
  return [
    route("GET /v2/actors", (request) => listActors(state, request)),
    route(`GET ${actor}`, (request) => ok(actorView(state, actorOf(state, request)))),
    // Needs no token: the Actor's id is enough.
    openRoute(`GET ${actor}/builds/default`, (request) => {
      const found = actorOf(state, request);
      return ok(buildView(state, found, defaultBuild(found)));
    }),
    route(`GET ${actor}/versions`, (request) => {
      const items = versionsOf(actorOf(state, request));
      return ok({ total: items.length, items });
    }),
    route(`GET ${actor}/versions/:version`, (request) => {
      const number = param(request, "version");
      const found = versionsOf(actorOf(state, request)).find(
        ({ versionNumber }) => versionNumber === number,
      );
      if (found === undefined) throw notFound("Actor version");
      return ok(found);
    }),
    route(`GET ${actor}/webhooks`, (request) => {
      actorOf(state, request);
      return ok(listPageOf([], request.query, (nothing) => nothing));
    }),
    route(`POST ${actor}/validate-input`, (request) => validateInput(state, request)),
    route(`GET ${actor}/runs`, (request) => {
      const actId = actorOf(state, request).id;
      return answerRunList(state, request.query, { userId: request.caller.user.id, actId });
    }),
    route(
      `POST ${actor}/runs`,
      (request) => answerStart(state, request, { actor: actorOf(state, request) }),
      { rateLimit: startsPerSecond },
    ),
  ];
}

/** The Actor that the path names; throws a 404 if there is none. */
export function actorOf(state: EmulatorState, request: ApiRequest): Actor {
  const actor = findActor(state, param(request, "id"), request.caller?.user);
  if (actor === undefined) throw notFound("Actor");
  return actor;
}

/** The Actors that the account owns or, without `my`, has run. */
function listActors(state: EmulatorState, { query, caller }: AuthorizedRequest): Answer {
  const { user } = caller;
  const isMine = booleanParam(query, "my") ?? false;
  const actors = state.actors.filter(
    (actor) => actor.userId === user.id || (!isMine && lastRunOf(state, actor, user) !== undefined),
  );
  return ok(
    listPageOf(sorted(state, actors, { query, user }), query, (actor) =>
      actorListItem(state, actor),
    ),
  );
}

function sorted(
  state: EmulatorState,
  actors: readonly Actor[],
  { query, user }: { query: URLSearchParams; user: { readonly id: string } },
): readonly Actor[] {
  const by = query.get("sortBy") ?? "createdAt";
  if (by === "createdAt") return actors;
  if (by !== "stats.lastRunStartedAt") {
    throw invalidValue(`Parameter "sortBy" must be createdAt or stats.lastRunStartedAt`);
  }
  const lastRun = (actor: Actor): string => lastRunOf(state, actor, user)?.run.startedAt ?? "";
  return [...actors].sort((one, other) => (lastRun(one) < lastRun(other) ? -1 : 1));
}

function validateInput(state: EmulatorState, request: AuthorizedRequest): Answer {
  const actor = actorOf(state, request);
  const { inputSchema } = resolveBuild(actor, request.query.get("build") ?? "latest");
  checkInput(inputSchema, mergeInput(inputSchema, null, inputBody(request)));
  return json(200, { valid: true });
}

/** Apify answers 403, not 404, if there is none. */
function defaultBuild(actor: Actor): ReturnType<typeof resolveBuild> {
  return resolveBuild(actor, actor.defaultRunOptions.build ?? "latest");
}
