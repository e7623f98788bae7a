import { offeredFaults } from "./faultCatalog";
import { inputField } from "./fields";
import { html } from "./html";
import { signInPath } from "./layout";
import { nameOf } from "./shownRun";
import type { Faults, InjectedFault } from "../faults/injection";
import type { Task } from "../state/entities";
import type { Html } from "./html";
import type { PageRequest } from "./pageRequest";

/** The faults that were injected, and the buttons that remove them. */
export function activeFaults(faults: Faults, { user, pathname }: PageRequest): Html {
  const all = faults.all();
  if (all.length === 0) return html`<p class="empty">No fault is waiting.</p>`;
  return html`<div class="scroll" role="region" aria-label="Injected faults" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Fault</th>
          <th scope="col">State</th>
          <th scope="col">${user === undefined ? undefined : "Remove"}</th>
        </tr>
      </thead>
      <tbody>
        ${all.map((fault) => faultRow(fault, { removable: user !== undefined, back: pathname }))}
      </tbody>
    </table>
  </div>`;
}

function faultRow(
  fault: InjectedFault,
  { removable, back }: { removable: boolean; back: string },
): Html {
  const { injection, hits, id } = fault;
  const { times = 1, endpoint, label = `${injection.fault.kind} (${endpoint})` } = injection;
  const state =
    hits >= times
      ? `used up (${hits})`
      : `waiting: ${hits} of ${Number.isFinite(times) ? times : "all"}`;
  return html`<tr id="fault-${id}">
    <th scope="row">${label}</th>
    <td>${state}</td>
    <td>
      ${
        removable
          ? html`<form method="post" action="/faults/${id}/remove">
              <input type="hidden" name="back" value="${back}" />
              <button class="quiet" aria-label="Remove: ${label}">Remove</button>
            </form>`
          : undefined
      }
    </td>
  </tr>`;
}

/** The form that injects a fault: into the starts of one task, or of all. */
export function faultForm({ user, pathname }: PageRequest, task?: Task): Html {
  if (user === undefined) {
    return html`<p>
      <a class="button quiet" href="${signInPath(pathname)}">Sign in to inject a fault</a>
    </p>`;
  }
  return html`<form class="stack" method="post" action="/faults">
    <input type="hidden" name="back" value="${pathname}" />
    ${task === undefined ? undefined : html`<input type="hidden" name="task" value="${task.id}" />`}
    <fieldset>
      <legend>Inject a fault</legend>
      <p class="hint">
        A fault happens to a request to the API, not to a button of these pages.
        ${task === undefined ? undefined : html`Faults of a start wait for a start of ${nameOf(task)}.`}
      </p>
      <div class="choices">
        ${offeredFaults.map(
          ({ id, label, explanation }, index) =>
            html`<label for="fault-${id}">
              <input
                type="radio"
                name="fault"
                id="fault-${id}"
                value="${id}"
                required
                ${index === 0 ? html`checked` : undefined}
              />
              <span>${label}<span class="hint">${explanation}</span></span>
            </label>`,
        )}
      </div>
      <div class="row">
        <div>
          ${inputField({ id: "times", name: "times", label: "How many times", value: "1", kind: "number" })}
        </div>
        <button id="inject">Inject</button>
      </div>
    </fieldset>
  </form>`;
}
