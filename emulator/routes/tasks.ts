import { created, ok, type Answer } from "../http/answer";
import { notFound } from "../http/errors";
import { pageOf } from "../http/page";
import { listParam, waitMillis } from "../http/query";
import { objectBody, param, type AuthorizedRequest, type Caller } from "../http/request";
import { route, type Route } from "../http/router";
import type { Platform } from "../platform";
import { createRun } from "../runs/create";
import { scheduleStart } from "../runs/life";
import { waitForFinish } from "../runs/watch";
import type { Task } from "../state/entities";
import { findActor, findTask, listedRunsOf } from "../state/lookup";
import { editTask } from "../state/tasks";
import { runOptionsOf, webhooksOf } from "./runOptions";
import { runListItem, runView } from "./runViews";

const startsPerSecond = 400;

/** /v2/actor-tasks */
export function taskRoutes(platform: Platform): Route[] {
  return [
    route("GET /v2/actor-tasks", (request) => listTasks(platform, request)),
    route("GET /v2/actor-tasks/:id", (request) => ok(taskView(taskOf(platform, request)))),
    route("PUT /v2/actor-tasks/:id", (request) => {
      const task = taskOf(platform, request);
      editTask(platform, task, objectBody(request) ?? {});
      return ok(taskView(task));
    }),
    route("GET /v2/actor-tasks/:id/runs", (request) => listTaskRuns(platform, request)),
    route("POST /v2/actor-tasks/:id/runs", (request) => startTask(platform, request), {
      rateLimit: startsPerSecond,
    }),
  ];
}

async function startTask(platform: Platform, request: AuthorizedRequest): Promise<Answer> {
  const task = taskOf(platform, request);
  const { query, headers, caller, clientIp } = request;
  const millis = waitMillis(query);
  const entry = createRun(platform, {
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
  scheduleStart(platform, entry);
  await waitForFinish(platform, entry, { millis, signal: request.disconnected });
  const location = `${platform.url}/v2/actor-tasks/${task.id}/runs/${entry.run.id}`;
  return created(runView(entry, caller), { Location: location });
}

function listTasks(platform: Platform, { query, caller }: AuthorizedRequest): Answer {
  const tasks = platform.tasks.filter(({ userId }) => userId === caller.user.id);
  return ok(pageOf(tasks, query, (task) => taskListItem(platform, task)));
}

function taskListItem(platform: Platform, task: Task): unknown {
  const { id, userId, username, actId, name, title, createdAt, modifiedAt } = task;
  const actor = findActor(platform, actId);
  return {
    ...{ id, userId, username, actId, name, title, createdAt, modifiedAt },
    actName: actor?.name ?? null,
    actUsername: actor?.username ?? null,
    stats: { totalRuns: task.totalRuns },
  };
}

function listTaskRuns(platform: Platform, request: AuthorizedRequest): Answer {
  const task = taskOf(platform, request);
  const statuses = listParam(request.query, "status");
  // startedAfter and startedBefore are documented for /v2/actor-runs only: ignored here.
  const runs = listedRunsOf(platform, request.caller.user).filter(
    ({ run }) => run.actorTaskId === task.id && (statuses?.includes(run.status) ?? true),
  );
  return ok(pageOf(runs, request.query, (entry) => runListItem(platform, entry)));
}

function taskOf(platform: Platform, request: AuthorizedRequest): Task {
  const task = findTask(platform, param(request, "id"), request.caller.user);
  if (task === undefined) throw notFound("Actor task");
  return task;
}

/** The official command line tools name themselves in a header of their own. */
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
