import { json, noContent, ok } from "../http/answer";
import { ApiError, notFound } from "../http/errors";
import { booleanParam, waitMillis } from "../http/query";
import { inputBody, objectBody, param } from "../http/request";
import { openRoute, route } from "../http/router";
import { waitForFinish } from "../runs/runChanges";
import { chargeByApi } from "../runs/chargeByApi";
import { countRead, resurrectWith, updateRun } from "../runs/updateRun";
import { abort } from "../runs/lifecycle";
import { metamorph } from "../runs/metamorph";
import { reboot } from "../runs/reboot";
import { removeRun } from "../runs/removeRun";
import { findActor } from "../state/lookup";
import { isTerminal } from "../state/run";
import { answerRunList } from "./runLists";
import { runOptionsOf } from "./runOptions";
import { runView } from "./runViews";
import { startsPerSecond } from "./starts";
import type { Answer } from "../http/answer";
import type { ApiRequest, AuthorizedRequest } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

/** /v2/actor-runs */
export function runRoutes(state: EmulatorState): Route[] {
  const run = "/v2/actor-runs/:id";
  return [
    route("GET /v2/actor-runs", ({ query, caller }) =>
      answerRunList(state, query, { userId: caller.user.id }),
    ),
    // Apify lets anyone read a run who knows its id: https://docs.apify.com/api/v2/actor-run-get
    openRoute(`GET ${run}`, async (request) => {
      const entry = findRun(state, request);
      if (countRead(state, entry) === "lagging") throw notFound("Run");
      const millis = waitMillis(request.query);
      await waitForFinish(state, entry, { millis, signal: request.disconnected });
      return ok(runView(findRun(state, request), request.caller));
    }),
    change(`PUT ${run}`, (entry, request) => {
      updateRun(state, entry, objectBody(request) ?? {});
    }),
    route(`DELETE ${run}`, (request) => {
      const entry = findRun(state, request);
      if (!isTerminal(entry.run.status)) throw new ApiError("cannot-remove-running-run");
      removeRun(state, entry);
      return noContent();
    }),
    change(`POST ${run}/abort`, (entry, { query }) => {
      const gracefully = booleanParam(query, "gracefully") ?? false;
      abort(state, entry, gracefully ? "gracefully" : "immediately");
    }),
    change(`POST ${run}/resurrect`, (entry, { query }) => {
      resurrectWith(state, entry, runOptionsOf(query));
    }),
    change(`POST ${run}/reboot`, (entry) => {
      reboot(state, entry);
    }),
    change(
      `POST ${run}/metamorph`,
      (entry, request) => {
        const { query, caller } = request;
        const actor = findActor(state, query.get("targetActorId") ?? "", caller.user);
        if (actor === undefined) throw notFound("Actor");
        const build = query.get("build") ?? undefined;
        metamorph(state, entry, { actor, build, input: inputBody(request) });
      },
      { rateLimit: startsPerSecond },
    ),
    route(`POST ${run}/charge`, (request) => charge(state, request)),
  ];

  /** A route that changes a run and answers with it. */
  function change(
    methodAndPattern: string,
    make: (entry: RunEntry, request: AuthorizedRequest) => void,
    options?: { rateLimit: number },
  ): Route {
    return route(
      methodAndPattern,
      (request) => {
        const entry = findRun(state, request);
        make(entry, request);
        return ok(runView(entry, request.caller));
      },
      options,
    );
  }
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

function charge(state: EmulatorState, request: AuthorizedRequest): Answer {
  const key = request.headers["idempotency-key"];
  chargeByApi(state, findRun(state, request), {
    body: objectBody(request) ?? {},
    idempotencyKey: typeof key === "string" ? key : undefined,
  });
  return json(201, {});
}
