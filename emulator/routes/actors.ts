import { ok } from "../http/answer";
import { notFound } from "../http/errors";
import { pageOf } from "../http/page";
import { param } from "../http/request";
import { route } from "../http/router";
import { findActor } from "../state/lookup";
import { actorView, buildListItem, buildView } from "./actorViews";
import type { AuthorizedRequest } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { Actor } from "../state/entities";

/** /v2/actors and /v2/actor-builds */
export function actorRoutes(state: EmulatorState): Route[] {
  return [
    route("GET /v2/actors/:id", (request) => ok(actorView(state, actorOf(state, request)))),
    route("GET /v2/actors/:id/builds", (request) => {
      const actor = actorOf(state, request);
      return ok(pageOf(actor.builds, request.query, (build) => buildListItem(actor, build)));
    }),
    route("GET /v2/actor-builds/:id", (request) => {
      for (const actor of state.actors) {
        const build = actor.builds.find(({ id }) => id === param(request, "id"));
        if (build !== undefined) return ok(buildView(actor, build));
      }
      throw notFound("Build");
    }),
  ];
}

function actorOf(state: EmulatorState, request: AuthorizedRequest): Actor {
  const actor = findActor(state, param(request, "id"), request.caller.user);
  if (actor === undefined) throw notFound("Actor");
  return actor;
}
