import { ApiError, notFound } from "../http/errors";
import { param } from "../http/request";
import { findActor, findTask, runsOf } from "../state/lookup";
import type { ApiRequest } from "../http/request";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry, User } from "../state/entities";

/** The last run of the task in the path that the query allows; throws a 404 if there is none. */
export function lastTaskRun(state: EmulatorState, request: ApiRequest): RunEntry {
  const user = userOf(request);
  const task = findTask(state, param(request, "id"), user);
  if (task === undefined) throw notFound("Actor task");
  return lastRun(runsOf(state, user), request, ({ run }) => run.actorTaskId === task.id);
}

/** The caller's last run of the Actor in the path that the query allows; throws a 404 if there is none. */
export function lastActorRun(state: EmulatorState, request: ApiRequest): RunEntry {
  const user = userOf(request);
  const actor = findActor(state, param(request, "id"), user);
  if (actor === undefined) throw notFound("Actor");
  return lastRun(runsOf(state, user), request, ({ run }) => run.actId === actor.id);
}

function userOf({ caller }: ApiRequest): User {
  if (caller === undefined) throw new ApiError("token-not-provided");
  return caller.user;
}

function lastRun(
  runs: readonly RunEntry[],
  { query }: ApiRequest,
  belongs: (entry: RunEntry) => boolean,
): RunEntry {
  const status = query.get("status");
  const origin = query.get("origin");
  const last = runs
    .filter(
      (entry) =>
        belongs(entry) &&
        (status === null || entry.run.status === status) &&
        (origin === null || entry.run.meta.origin === origin),
    )
    .at(-1);
  if (last === undefined) throw notFound("Run");
  return last;
}
