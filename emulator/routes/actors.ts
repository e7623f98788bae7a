import { ok } from "../http/answer";
import { notFound } from "../http/errors";
import { pageOf } from "../http/page";
import { param, type AuthorizedRequest } from "../http/request";
import { route, type Route } from "../http/router";
import type { Platform } from "../platform";
import type { Actor } from "../state/entities";
import { findActor } from "../state/lookup";
import { actorView, buildListItem, buildView } from "./actorViews";

/** /v2/actors and /v2/actor-builds */
export function actorRoutes(platform: Platform): Route[] {
  return [
    route("GET /v2/actors/:id", (request) => ok(actorView(platform, actorOf(platform, request)))),
    route("GET /v2/actors/:id/builds", (request) => {
      const actor = actorOf(platform, request);
      return ok(pageOf(actor.builds, request.query, (build) => buildListItem(actor, build)));
    }),
    route("GET /v2/actor-builds/:id", (request) => {
      for (const actor of platform.actors) {
        const build = actor.builds.find(({ id }) => id === param(request, "id"));
        if (build !== undefined) return ok(buildView(actor, build));
      }
      throw notFound("Build");
    }),
  ];
}

function actorOf(platform: Platform, request: AuthorizedRequest): Actor {
  const actor = findActor(platform, param(request, "id"), request.caller.user);
  if (actor === undefined) throw notFound("Actor");
  return actor;
}
