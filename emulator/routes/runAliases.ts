import { notFound } from "../http/errors";
import { param } from "../http/request";
import { route } from "../http/router";
import { listedRuns } from "../state/lookup";
import { actorOf } from "./actors";
import { taskOf } from "./tasks";
import type { AuthorizedRequest } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";
import type { RunListName } from "../state/runIndex";

const runPath = "/v2/actor-runs/:";

/** What can be done to a run by its id, and not to a last run. */
const onlyById = /^(?:PUT|DELETE) \/v2\/actor-runs\/:\w+$|\/(?:resurrect|charge)$/;

/** What can be done to a run under its Actor, which is deprecated. */
const underActor = /^(?:GET|POST) \/v2\/actor-runs\/:\w+(?:\/(?:abort|metamorph|resurrect))?$/;

/**
 * Other addresses of the endpoints of a run: `/v2/actor-tasks/:id/runs/last` and
 * `/v2/actors/:id/runs/last` with everything below them, and `/v2/actors/:id/runs/:runId`.
 */
export function runAliases(state: EmulatorState, routes: readonly Route[]): Route[] {
  return routes
    .filter(({ pattern }) => pattern.startsWith(runPath))
    .flatMap((target) => aliasesOf(state, target));
}

function aliasesOf(state: EmulatorState, target: Route): Route[] {
  const { method, pattern } = target;
  const [name = "", ...below] = pattern.slice(runPath.length).split("/");
  const rest = below.map((segment) => `/${segment}`).join("");
  const alias = (path: string, find: (request: AuthorizedRequest) => string): Route =>
    route(
      `${method} ${path}${rest}`,
      (request) =>
        target.handle({ ...request, params: { ...request.params, [name]: find(request) } }),
      { rateLimit: target.rateLimit },
    );
  const asTarget = `${method} ${pattern}`;
  const last = onlyById.test(asTarget)
    ? []
    : [
        alias("/v2/actor-tasks/:id/runs/last", (request) =>
          lastRun(state, request, {
            userId: request.caller.user.id,
            taskId: taskOf(state, request).id,
          }),
        ),
        alias("/v2/actors/:id/runs/last", (request) =>
          lastRun(state, request, {
            userId: request.caller.user.id,
            actId: actorOf(state, request).id,
          }),
        ),
      ];
  if (!underActor.test(asTarget)) return last;
  return [
    ...last,
    alias("/v2/actors/:id/runs/:runId", (request) => {
      const actId = actorOf(state, request).id;
      const runId = param(request, "runId");
      if (state.runs.get(runId)?.run.actId !== actId) throw notFound("Run");
      return runId;
    }),
  ];
}

/** The last run with the status and the origin that the query asks for. */
function lastRun(state: EmulatorState, { query }: AuthorizedRequest, name: RunListName): string {
  const status = query.get("status");
  const origin = query.get("origin");
  const isMeant = ({ run }: RunEntry): boolean =>
    (status === null || run.status === status) && (origin === null || run.meta.origin === origin);
  const runs = listedRuns(state, name);
  for (let at = runs.length - 1; at >= 0; at -= 1) {
    const entry = runs[at];
    if (entry !== undefined && isMeant(entry)) return entry.run.id;
  }
  throw notFound("Run");
}
