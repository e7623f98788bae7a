import { created, json, noContent, ok } from "../http/answer";
import { notAnObject, notFound } from "../http/errors";
import { listPageOf } from "../http/listPage";
import { objectBody, param } from "../http/request";
import { route } from "../http/router";
import { actorOfTask } from "../runs/createRun";
import { createTask } from "../runs/createTask";
import { deleteTask } from "../runs/deleteTask";
import { updateTask } from "../runs/updateTask";
import { findTask } from "../state/lookup";
import { answerRunList } from "./runLists";
import { answerStart, startsPerSecond } from "./starts";
import { taskListItem, taskView } from "./taskViews";
import type { Answer } from "../http/answer";
import type { AuthorizedRequest } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { Task } from "../state/entities";

/** /v2/actor-tasks */
export function taskRoutes(state: EmulatorState): Route[] {
  const task = "/v2/actor-tasks/:id";
  return [
    route("GET /v2/actor-tasks", (request) => listTasks(state, request)),
    route("POST /v2/actor-tasks", (request) => {
      const { caller } = request;
      const made = createTask(state, caller.user, requiredBody(request));
      return created(taskView(made), { Location: `${state.url}/v2/actor-tasks/${made.id}` });
    }),
    route(`GET ${task}`, (request) => ok(taskView(taskOf(state, request)))),
    route(`PUT ${task}`, (request) =>
      ok(taskView(updateTask(state, taskOf(state, request), requiredBody(request)))),
    ),
    route(`DELETE ${task}`, (request) => {
      deleteTask(state, taskOf(state, request));
      return noContent();
    }),
    route(`GET ${task}/input`, (request) => json(200, taskOf(state, request).input ?? {})),
    route(`PUT ${task}/input`, (request) => {
      const found = taskOf(state, request);
      // What the body does not define is not changed.
      const input = { ...found.input, ...requiredBody(request) };
      return json(200, updateTask(state, found, { input }).input);
    }),
    route(`GET ${task}/webhooks`, (request) => {
      taskOf(state, request);
      // The emulator has ad-hoc webhooks only, which no list contains.
      return ok(listPageOf([], request.query, (nothing) => nothing));
    }),
    route(`GET ${task}/runs`, (request) => {
      const taskId = taskOf(state, request).id;
      return answerRunList(state, request.query, { userId: request.caller.user.id, taskId });
    }),
    route(
      `POST ${task}/runs`,
      (request) => {
        const started = taskOf(state, request);
        return answerStart(state, request, { task: started, actor: actorOfTask(state, started) });
      },
      { rateLimit: startsPerSecond },
    ),
  ];
}

/** The caller's task that the path names; throws a 404 if there is none. */
export function taskOf(state: EmulatorState, request: AuthorizedRequest): Task {
  const task = findTask(state, param(request, "id"), request.caller.user);
  if (task === undefined) throw notFound("Actor task");
  return task;
}

function listTasks(state: EmulatorState, { query, caller }: AuthorizedRequest): Answer {
  const tasks = state.tasks.filter(({ userId }) => userId === caller.user.id);
  return ok(listPageOf(tasks, query, (task) => taskListItem(state, task)));
}

function requiredBody(request: AuthorizedRequest): Record<string, unknown> {
  const body = objectBody(request);
  if (body === undefined) throw notAnObject();
  return body;
}
