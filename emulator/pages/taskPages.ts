import { ApiError, notFound } from "../http/errors";
import { addRun } from "../runs/runsByHand";
import { buildsSection } from "./builds";
import { activeFaults, faultForm } from "./faultForms";
import { html } from "./html";
import { livePageAnswer, pageAnswer } from "./layout";
import { noticeOf, pathAfter } from "./notices";
import { redirectAnswer } from "./pageAnswers";
import { action, offsetOf, page, requireOwner } from "./pageRequest";
import { pager } from "./pager";
import { recentRuns } from "./recentRuns";
import { runRows } from "./runRows";
import { actorPath, runPath } from "./paths";
import { nameOf, shownRun } from "./shownRun";
import { startForm, startOf } from "./startForm";
import { taskList } from "./taskList";
import type { Answer } from "../http/answer";
import type { EmulatorState } from "../state/emulatorState";
import type { Actor, Task } from "../state/entities";
import type { Html } from "./html";
import type { PageContext } from "./pageContext";
import type { PageRequest, PageRoute, SignedInRequest } from "./pageRequest";

const tasksOnPage = 50;
const runsOnPage = 10;

/** The tasks, the page of each, and its button to run it. */
export function taskRoutes(context: PageContext): PageRoute[] {
  const { state } = context;
  return [
    page("/tasks", (request) => tasksPage(state, request)),
    page("/actors/tasks/:id", (request) => taskPage(context, request)),
    action("/actors/tasks/:id/runs", (request) => startRun(context, request)),
  ];
}

function tasksPage(state: EmulatorState, request: PageRequest): Answer {
  const offset = offsetOf(request);
  const tasks = state.tasks.slice(offset, offset + tasksOnPage);
  const main = html`<h1>Tasks</h1>
    ${taskList(state, tasks)}
    ${pager(request, { offset, limit: tasksOnPage, total: state.tasks.length, shown: tasks.length })}`;
  return pageAnswer(state, request, { title: "Tasks", main });
}

function startRun(context: PageContext, request: SignedInRequest): Answer {
  const { state } = context;
  const task = taskOf(state, request);
  requireOwner(
    request,
    state.users.find(({ id }) => id === task.userId),
  );
  try {
    const userAgent = request.headers["user-agent"] ?? null;
    const run = addRun(state, task, { ...startOf(state, request, task), meta: { userAgent } });
    return redirectAnswer(pathAfter(runPath(run.id), "started"));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return taskPage(context, request, { error, entered: request.form });
  }
}

/** A start that was refused, and what was entered, which must not be lost. */
interface Refused {
  readonly error: ApiError;
  readonly entered: URLSearchParams;
}

function taskPage(
  { state, faults, versions }: PageContext,
  request: PageRequest,
  refused?: Refused,
): Answer {
  const task = taskOf(state, request);
  const actor = state.actors.find(({ id }) => id === task.actId);
  const { entries, total } = recentRuns(state, { taskId: task.id, limit: runsOnPage });
  const runs = entries.map((entry) => shownRun(state, entry));
  const pace = runs.some(({ isOver }) => !isOver) ? "live" : "idle";
  return livePageAnswer(state, request, {
    title: nameOf(task),
    notice: noticeOf(request),
    status: refused?.error.status ?? 200,
    before: html`${heading(task, actor)}
      <section aria-labelledby="run">
        <h2 id="run">Run it</h2>
        ${refused === undefined ? undefined : html`<p class="problem" role="alert">${refused.error.message}</p>`}
        ${startForm(state, task, refused?.entered)}
      </section>`,
    live: {
      version: versions.version([total], pace),
      state: "live",
      parts: () =>
        html`<section id="runs" aria-labelledby="recent">
            <h2 id="recent">Recent runs</h2>
            ${total === 0 ? html`<p class="empty">No runs yet.</p>` : runRows(runs, state.clock.now())}
            ${
              total > runs.length
                ? html`<p>
                    <a href="/?task=${encodeURIComponent(task.id)}"
                      >All ${total} runs of this task</a
                    >
                  </p>`
                : undefined
            }
          </section>
          <section id="faults" aria-labelledby="faults-heading">
            <h2 id="faults-heading">Faults</h2>
            ${activeFaults(faults, request)}
          </section>`,
    },
    after: html`${faultForm(request, task)}
    ${
      actor === undefined
        ? html`<p>The task's Actor was deleted.</p>`
        : buildsSection(request, actor)
    }`,
  });
}

function heading(task: Task, actor: Actor | undefined): Html {
  return html`<h1>${nameOf(task)}</h1>
    <p class="origin">
      ${task.title === null ? undefined : html`${task.title} · `}Task
      <span class="id">${task.id}</span>
      ${
        actor === undefined
          ? undefined
          : html`· Actor <a href="${actorPath(actor.id)}">${nameOf(actor)}</a>`
      }
    </p>`;
}

/** The task in the path, by its id or its name. */
function taskOf({ tasks }: EmulatorState, { params }: PageRequest): Task {
  const reference = params.id ?? "";
  const task = tasks.find((each) => each.id === reference || nameOf(each) === reference);
  if (task === undefined) throw notFound(`Task "${reference}"`);
  return task;
}
