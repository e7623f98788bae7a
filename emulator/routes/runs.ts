import { noContent, ok, type Answer } from "../http/answer";
import { ApiError, invalidValue, notFound } from "../http/errors";
import { pageOf } from "../http/page";
import { booleanParam, listParam, waitMillis } from "../http/query";
import { objectBody, param, type ApiRequest, type AuthorizedRequest } from "../http/request";
import { openRoute, route, type Route } from "../http/router";
import { notify, type Platform } from "../platform";
import { abort, resurrect } from "../runs/life";
import { checkLimits } from "../runs/limits";
import { metamorph } from "../runs/metamorph";
import { checkCharges, resolveBuild, resolveOptions } from "../runs/options";
import { removeRun } from "../runs/remove";
import { waitForFinish } from "../runs/watch";
import type { RunEntry } from "../state/entities";
import { findActor, listedRunsOf } from "../state/lookup";
import { isTerminal } from "../state/shapes";
import { runOptionsOf } from "./runOptions";
import { runListItem, runView } from "./runViews";

/** /v2/actor-runs */
export function runRoutes(platform: Platform): Route[] {
  return [
    route("GET /v2/actor-runs", (request) => listRuns(platform, request)),
    // Whoever knows the id of a run may read it: https://docs.apify.com/api/v2/actor-run-get
    openRoute("GET /v2/actor-runs/:id", async (request) => {
      const entry = readRun(platform, request);
      const millis = waitMillis(request.query);
      await waitForFinish(platform, entry, { millis, signal: request.disconnected });
      return ok(runView(findRun(platform, request), request.caller));
    }),
    route("PUT /v2/actor-runs/:id", (request) => updateRun(platform, request)),
    route("DELETE /v2/actor-runs/:id", (request) => deleteRun(platform, request)),
    route("POST /v2/actor-runs/:id/abort", (request) => {
      const entry = findRun(platform, request);
      const gracefully = booleanParam(request.query, "gracefully") ?? false;
      abort(platform, entry, gracefully ? "gracefully" : "at once");
      return ok(runView(entry, request.caller));
    }),
    route("POST /v2/actor-runs/:id/resurrect", (request) => resurrectRun(platform, request)),
    route("POST /v2/actor-runs/:id/metamorph", (request) => metamorphRun(platform, request)),
  ];
}

/** The run that a path names, unless it belongs to another account. */
export function findRun(platform: Platform, request: ApiRequest): RunEntry {
  const entry = platform.runs.get(param(request, "id"));
  const { caller } = request;
  if (entry === undefined || (caller !== undefined && caller.user.id !== entry.owner.id)) {
    throw notFound("Run");
  }
  return entry;
}

/** A new run may take some reads to show up. */
function readRun(platform: Platform, request: ApiRequest): RunEntry {
  const entry = findRun(platform, request);
  entry.reads += 1;
  if (entry.reads <= platform.behaviour.readLagReads) throw notFound("Run");
  return entry;
}

function listRuns(platform: Platform, { query, caller }: AuthorizedRequest): Answer {
  const statuses = listParam(query, "status");
  const after = dateParam(query, "startedAfter") ?? -Infinity;
  const before = dateParam(query, "startedBefore") ?? Infinity;
  const runs = listedRunsOf(platform, caller.user).filter(({ run }) => {
    const startedAt = Date.parse(run.startedAt);
    return (statuses?.includes(run.status) ?? true) && startedAt >= after && startedAt <= before;
  });
  return ok(pageOf(runs, query, (entry) => runListItem(platform, entry)));
}

function updateRun(platform: Platform, request: AuthorizedRequest): Answer {
  const entry = findRun(platform, request);
  const { statusMessage, isStatusMessageTerminal, generalAccess } = objectBody(request) ?? {};
  if (typeof statusMessage === "string") {
    entry.run.statusMessage = statusMessage;
    entry.messageFrom = "actor";
  }
  if (typeof isStatusMessageTerminal === "boolean") {
    entry.run.isStatusMessageTerminal = isStatusMessageTerminal;
  }
  if (typeof generalAccess === "string") entry.run.generalAccess = generalAccess;
  notify(platform, entry);
  return ok(runView(entry, request.caller));
}

function deleteRun(platform: Platform, request: AuthorizedRequest): Answer {
  const entry = findRun(platform, request);
  if (!isTerminal(entry.run.status)) {
    throw new ApiError("cannot-remove-running-run");
  }
  removeRun(platform, entry);
  return noContent();
}

function resurrectRun(platform: Platform, request: AuthorizedRequest): Answer {
  const entry = findRun(platform, request);
  const { run, actor } = entry;
  if (!isTerminal(run.status)) {
    const message = "Only a run that has finished can be resurrected.";
    throw new ApiError("operation-not-allowed", { message });
  }
  const asked = runOptionsOf(request.query);
  const options = resolveOptions([asked, run.options]);
  // Without a build in the call the run keeps the build it had, wherever its tag points now.
  const build = asked.build === undefined ? entry.build : resolveBuild(actor, options.build);
  checkCharges(entry.pricing, options);
  checkLimits(platform, entry.owner, options.memoryMbytes);
  run.options = options;
  entry.build = build;
  run.buildId = build.id;
  run.buildNumber = build.number;
  entry.restartOnError = options.restartOnError ?? false;
  resurrect(platform, entry);
  return ok(runView(entry, request.caller));
}

function metamorphRun(platform: Platform, request: AuthorizedRequest): Answer {
  const entry = findRun(platform, request);
  const { query, caller } = request;
  const actor = findActor(platform, query.get("targetActorId") ?? "", caller.user);
  if (actor === undefined) throw notFound("Actor");
  const build = query.get("build") ?? undefined;
  metamorph(platform, entry, { actor, build, input: objectBody(request) });
  return ok(runView(entry, caller));
}

function dateParam(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === "") return undefined;
  const millis = Date.parse(text);
  if (Number.isNaN(millis)) throw invalidValue(`Parameter "${name}" must be an ISO 8601 date`);
  return millis;
}
