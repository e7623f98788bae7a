import { noContent, ok } from "../http/answer";
import { ApiError, invalidValue, notFound } from "../http/errors";
import { pageOf } from "../http/page";
import { booleanParam, listParam, waitMillis } from "../http/query";
import { objectBody, param } from "../http/request";
import { openRoute, route } from "../http/router";
import { notifyChange, waitForFinish } from "../runs/changeListeners";
import { abort, resurrect } from "../runs/lifecycle";
import { checkLimits } from "../runs/limits";
import { metamorph } from "../runs/metamorph";
import { checkCharges, resolveBuild, resolveOptions } from "../runs/options";
import { removeRun } from "../runs/removeRun";
import { findActor, listedRunsOf } from "../state/lookup";
import { isTerminal } from "../state/run";
import { runOptionsOf } from "./runOptions";
import { runListItem, runView } from "./runViews";
import type { Answer } from "../http/answer";
import type { ApiRequest, AuthorizedRequest } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

/** /v2/actor-runs */
export function runRoutes(state: EmulatorState): Route[] {
  return [
    route("GET /v2/actor-runs", (request) => listRuns(state, request)),
    // Apify lets anyone read a run who knows its id: https://docs.apify.com/api/v2/actor-run-get
    openRoute("GET /v2/actor-runs/:id", async (request) => {
      const entry = readRun(state, request);
      const millis = waitMillis(request.query);
      await waitForFinish(state, entry, { millis, signal: request.disconnected });
      return ok(runView(findRun(state, request), request.caller));
    }),
    route("PUT /v2/actor-runs/:id", (request) => updateRun(state, request)),
    route("DELETE /v2/actor-runs/:id", (request) => deleteRun(state, request)),
    route("POST /v2/actor-runs/:id/abort", (request) => {
      const entry = findRun(state, request);
      const gracefully = booleanParam(request.query, "gracefully") ?? false;
      abort(state, entry, gracefully ? "gracefully" : "immediately");
      return ok(runView(entry, request.caller));
    }),
    route("POST /v2/actor-runs/:id/resurrect", (request) => resurrectRun(state, request)),
    route("POST /v2/actor-runs/:id/metamorph", (request) => metamorphRun(state, request)),
  ];
}

/** Finds the run in the path; throws a 404 if it belongs to another account. */
export function findRun(state: EmulatorState, request: ApiRequest): RunEntry {
  const entry = state.runs.get(param(request, "id"));
  const { caller } = request;
  if (entry === undefined || (caller !== undefined && caller.user.id !== entry.owner.id)) {
    throw notFound("Run");
  }
  return entry;
}

/** Like `findRun`, but the first `readLagReads` reads of a run are answered with a 404. */
function readRun(state: EmulatorState, request: ApiRequest): RunEntry {
  const entry = findRun(state, request);
  entry.reads += 1;
  if (entry.reads <= state.settings.readLagReads) throw notFound("Run");
  return entry;
}

function listRuns(state: EmulatorState, { query, caller }: AuthorizedRequest): Answer {
  const statuses = listParam(query, "status");
  const after = dateParam(query, "startedAfter") ?? -Infinity;
  const before = dateParam(query, "startedBefore") ?? Infinity;
  const runs = listedRunsOf(state, caller.user).filter(({ run }) => {
    const startedAt = Date.parse(run.startedAt);
    return (statuses?.includes(run.status) ?? true) && startedAt >= after && startedAt <= before;
  });
  return ok(pageOf(runs, query, (entry) => runListItem(state, entry)));
}

function updateRun(state: EmulatorState, request: AuthorizedRequest): Answer {
  const entry = findRun(state, request);
  const { statusMessage, isStatusMessageTerminal, generalAccess } = objectBody(request) ?? {};
  if (typeof statusMessage === "string") {
    entry.run.statusMessage = statusMessage;
    entry.messageFrom = "actor";
  }
  if (typeof isStatusMessageTerminal === "boolean") {
    entry.run.isStatusMessageTerminal = isStatusMessageTerminal;
  }
  if (typeof generalAccess === "string") entry.run.generalAccess = generalAccess;
  notifyChange(state, entry);
  return ok(runView(entry, request.caller));
}

function deleteRun(state: EmulatorState, request: AuthorizedRequest): Answer {
  const entry = findRun(state, request);
  if (!isTerminal(entry.run.status)) {
    throw new ApiError("cannot-remove-running-run");
  }
  removeRun(state, entry);
  return noContent();
}

function resurrectRun(state: EmulatorState, request: AuthorizedRequest): Answer {
  const entry = findRun(state, request);
  const { run, actor } = entry;
  if (!isTerminal(run.status)) {
    const message = "Only a run that has finished can be resurrected.";
    throw new ApiError("operation-not-allowed", { message });
  }
  const requested = runOptionsOf(request.query);
  const options = resolveOptions([requested, run.options]);
  // Without a build in the request the run keeps its build, even if its tag has moved since.
  const build = requested.build === undefined ? entry.build : resolveBuild(actor, options.build);
  checkCharges(entry.pricing, options);
  checkLimits(state, entry.owner, options.memoryMbytes);
  run.options = options;
  entry.build = build;
  run.buildId = build.id;
  run.buildNumber = build.number;
  entry.restartOnError = options.restartOnError ?? false;
  resurrect(state, entry);
  return ok(runView(entry, request.caller));
}

function metamorphRun(state: EmulatorState, request: AuthorizedRequest): Answer {
  const entry = findRun(state, request);
  const { query, caller } = request;
  const actor = findActor(state, query.get("targetActorId") ?? "", caller.user);
  if (actor === undefined) throw notFound("Actor");
  const build = query.get("build") ?? undefined;
  metamorph(state, entry, { actor, build, input: objectBody(request) });
  return ok(runView(entry, caller));
}

function dateParam(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === "") return undefined;
  const millis = Date.parse(text);
  if (Number.isNaN(millis)) throw invalidValue(`Parameter "${name}" must be an ISO 8601 date`);
  return millis;
}
