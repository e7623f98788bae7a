import { ok } from "../http/answer";
import { notFound } from "../http/errors";
import { listPageOf } from "../http/listPage";
import { param } from "../http/request";
import { openRoute, route } from "../http/router";
import { findBuild } from "../state/lookup";
import { actorOf } from "./actors";
import { buildListItem, buildView } from "./actorViews";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";

/** /v2/actor-builds and /v2/actors/:id/builds. Builds are declared, and have succeeded. */
export function buildRoutes(state: EmulatorState): Route[] {
  return [
    route("GET /v2/actor-builds", ({ query, caller }) => {
      const builds = state.actors
        .filter(({ userId }) => userId === caller.user.id)
        .flatMap((actor) => actor.builds.map((build) => ({ actor, build })));
      return ok(listPageOf(builds, query, ({ actor, build }) => buildListItem(actor, build)));
    }),
    // Needs no token: the build's id is enough.
    openRoute("GET /v2/actor-builds/:id", (request) => {
      const found = findBuild(state, param(request, "id"));
      if (found === undefined) throw notFound("Build");
      return ok(buildView(state, found.actor, found.build));
    }),
    route("GET /v2/actors/:id/builds", (request) => {
      const actor = actorOf(state, request);
      return ok(listPageOf(actor.builds, request.query, (build) => buildListItem(actor, build)));
    }),
    route("GET /v2/actors/:id/builds/:build", (request) => {
      const actor = actorOf(state, request);
      const build = actor.builds.find(({ id }) => id === param(request, "build"));
      if (build === undefined) throw notFound("Build");
      return ok(buildView(state, actor, build));
    }),
  ];
}
