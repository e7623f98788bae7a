import { created, ok } from "../http/answer";
import { notFound } from "../http/errors";
import { pageOf } from "../http/page";
import { listParam, waitMillis } from "../http/query";
import { objectBody, param } from "../http/request";
import { route } from "../http/router";
import { waitForFinish } from "../runs/changeListeners";
import { createRun } from "../runs/createRun";
import { scheduleStart } from "../runs/lifecycle";
import { editTask } from "../state/editTask";
import { findActor, findTask, listedRunsOf } from "../state/lookup";
import { runOptionsOf, webhooksOf } from "./runOptions";
import { runListItem, runView } from "./runViews";
import type { Answer } from "../http/answer";
import type { AuthorizedRequest, Caller } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { Task } from "../state/entities";

const startsPerSecond = 400;

/** /v2/actor-tasks */
export function taskRoutes(state: EmulatorState): Route[] {
  return [
    route("GET /v2/actor-tasks", (request) => listTasks(state, request)),
    route("GET /v2/actor-tasks/:id", (request) => ok(taskView(taskOf(state, request)))),
    route("PUT /v2/actor-tasks/:id", (request) => {
      const task = taskOf(state, request);
      editTask(state, task, objectBody(request) ?? {});
      return ok(taskView(task));
    }),
    route("GET /v2/actor-tasks/:id/runs", (request) => listTaskRuns(state, request)),
    route("POST /v2/actor-tasks/:id/runs", (request) => startTask(state, request), {
      rateLimit: startsPerSecond,
    }),
  ];
}

async function startTask(state: EmulatorState, request: AuthorizedRequest): Promise<Answer> {
  const task = taskOf(state, request);
  const { query, headers, caller, clientIp } = request;
  const millis = waitMillis(query);
  const entry = createRun(state, {
    owner: caller.user,
    task,
    options: runOptionsOf(query),
    input: objectBody(request),
    inputBytes: request.body.length,
    webhooks: webhooksOf(query),
    meta: {
      origin: originOf(caller, headers["x-apify-request-origin"]),
      clientIp,
      userAgent: headers["user-agent"] ?? null,
      scheduleId: null,
      scheduledAt: null,
    },
  });
  scheduleStart(state, entry);
  await waitForFinish(state, entry, { millis, signal: request.disconnected });
  const location = `${state.url}/v2/actor-tasks/${task.id}/runs/${entry.run.id}`;
  return created(runView(entry, caller), { Location: location });
}

function listTasks(state: EmulatorState, { query, caller }: AuthorizedRequest): Answer {
  const tasks = state.tasks.filter(({ userId }) => userId === caller.user.id);
  return ok(pageOf(tasks, query, (task) => taskListItem(state, task)));
}

function taskListItem(state: EmulatorState, task: Task): unknown {
  const { id, userId, username, actId, name, title, createdAt, modifiedAt } = task;
  const actor = findActor(state, actId);
  return {
    ...{ id, userId, username, actId, name, title, createdAt, modifiedAt },
    actName: actor?.name ?? null,
    actUsername: actor?.username ?? null,
    stats: { totalRuns: task.totalRuns },
  };
}

function listTaskRuns(state: EmulatorState, request: AuthorizedRequest): Answer {
  const task = taskOf(state, request);
  const statuses = listParam(request.query, "status");
  // Apify documents startedAfter and startedBefore for /v2/actor-runs only, so they are ignored here.
  const runs = listedRunsOf(state, request.caller.user).filter(
    ({ run }) => run.actorTaskId === task.id && (statuses?.includes(run.status) ?? true),
  );
  return ok(pageOf(runs, request.query, (entry) => runListItem(state, entry)));
}

function taskOf(state: EmulatorState, request: AuthorizedRequest): Task {
  const task = findTask(state, param(request, "id"), request.caller.user);
  if (task === undefined) throw notFound("Actor task");
  return task;
}

/** Apify's command-line tools send their origin in a header. */
function originOf({ run }: Caller, header: string | string[] | undefined): string {
  if (run !== undefined) return "ACTOR";
  return header === "CLI" || header === "CI" || header === "MCP" ? header : "API";
}

function taskView(task: Task): unknown {
  const { build, timeoutSecs, memoryMbytes, maxItems, maxTotalChargeUsd, restartOnError } =
    task.options;
  return {
    id: task.id,
    userId: task.userId,
    username: task.username,
    actId: task.actId,
    name: task.name,
    title: task.title,
    createdAt: task.createdAt,
    modifiedAt: task.modifiedAt,
    removedAt: null,
    stats: { totalRuns: task.totalRuns },
    options: {
      build: build ?? null,
      timeoutSecs: timeoutSecs ?? null,
      memoryMbytes: memoryMbytes ?? null,
      maxItems: maxItems ?? null,
      maxTotalChargeUsd: maxTotalChargeUsd ?? null,
      restartOnError: restartOnError ?? null,
    },
    input: task.input,
    actorStandby: null,
    standbyUrl: null,
  };
}
