import { selectField } from "./fields";
import { html } from "./html";
import { livePageAnswer } from "./layout";
import { noticeOf } from "./notices";
import { offsetOf, page } from "./pageRequest";
import { pager } from "./pager";
import { recentRuns } from "./recentRuns";
import { runRows } from "./runRows";
import { nameOf, shownRun } from "./shownRun";
import { knownStatuses } from "./status";
import { taskList } from "./taskList";
import type { Answer } from "../http/answer";
import type { EmulatorState } from "../state/emulatorState";
import type { Html } from "./html";
import type { PageContext } from "./pageContext";
import type { PageRequest, PageRoute } from "./pageRequest";

const runsOnPage = 20;
const tasksOnPage = 10;

/** The page that everything begins with: runs and tasks. */
export function runListRoutes(context: PageContext): PageRoute[] {
  return [page("/", (request) => runListPage(context, request))];
}

function runListPage({ state, versions }: PageContext, request: PageRequest): Answer {
  const now = state.clock.now();
  const filter = {
    taskId: request.query.get("task") ?? "",
    status: request.query.get("status") ?? "",
  };
  const offset = offsetOf(request);
  const { total, entries } = recentRuns(state, { ...filter, offset, limit: runsOnPage });
  const runs = entries.map((entry) => shownRun(state, entry));
  const pace = runs.some(({ isOver }) => !isOver) ? "live" : "idle";
  return livePageAnswer(state, request, {
    title: "Runs",
    notice: noticeOf(request),
    before: html`<h1>Runs</h1>
      ${filterForm(state, filter)}`,
    live: {
      version: versions.version([total], pace),
      state: "live",
      parts: () =>
        html`<section id="runs" aria-label="Runs, newest first">
          ${
            state.runs.size === 0
              ? html`<p class="empty">No runs yet. Start one from a task, or through the API.</p>`
              : runRows(runs, now)
          }
          ${pager(request, { offset, limit: runsOnPage, total, shown: runs.length })}
        </section>`,
    },
    after: html`<section aria-labelledby="tasks">
      <h2 id="tasks">Tasks</h2>
      ${taskList(state, state.tasks.slice(0, tasksOnPage))}
      ${
        state.tasks.length > tasksOnPage
          ? html`<p><a href="/tasks">All ${state.tasks.length} tasks</a></p>`
          : undefined
      }
    </section>`,
  });
}

function filterForm(
  { tasks }: EmulatorState,
  { taskId, status }: { taskId: string; status: string },
): Html {
  const all = ["", "all"] as const;
  const taskChoices = tasks.map((task) => [task.id, nameOf(task)] as const);
  const statusChoices = knownStatuses.map((each) => [each, each] as const);
  return html`<form class="filter" method="get" action="/">
    ${selectField({ id: "task", name: "task", label: "Task" }, [all, ...taskChoices], taskId)}
    ${selectField({ id: "status", name: "status", label: "Status" }, [all, ...statusChoices], status)}
    <button class="quiet">Show</button>
  </form>`;
}
