import { html } from "./html";
import { taskPath } from "./paths";
import { nameOf } from "./shownRun";
import type { EmulatorState } from "../state/emulatorState";
import type { Task } from "../state/entities";
import type { Html } from "./html";

/** A table of tasks. */
export function taskList(state: EmulatorState, tasks: readonly Task[]): Html {
  if (tasks.length === 0) {
    return html`<p class="empty">No tasks. The declaration has none.</p>`;
  }
  return html`<div class="scroll" role="region" aria-label="Tasks" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Task</th>
          <th scope="col">Title</th>
          <th scope="col">Actor</th>
          <th scope="col" class="number">Runs</th>
        </tr>
      </thead>
      <tbody>
        ${tasks.map((task) => taskRow(state, task))}
      </tbody>
    </table>
  </div>`;
}

function taskRow(state: EmulatorState, task: Task): Html {
  const actor = state.actors.find(({ id }) => id === task.actId);
  return html`<tr>
    <th scope="row"><a href="${taskPath(task.id)}">${nameOf(task)}</a></th>
    <td>${task.title ?? undefined}</td>
    <td>${actor === undefined ? "deleted" : nameOf(actor)}</td>
    <td class="number">${task.totalRuns}</td>
  </tr>`;
}
