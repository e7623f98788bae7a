import { html } from "./html";
import { signInPath } from "./layout";
import { runPath } from "./paths";
import type { Html } from "./html";
import type { PageRequest } from "./pageRequest";
import type { ShownRun } from "./shownRun";

/** The buttons of a run: those that its status allows. */
export function runActionForms(request: PageRequest, run: ShownRun): Html {
  if (request.user === undefined) {
    return html`<p class="actions">
      <a class="button quiet" id="sign-in-to-act" href="${signInPath(request.pathname)}"
        >Sign in to ${run.isOver ? "resurrect" : "abort"} it</a
      >
    </p>`;
  }
  const path = runPath(run.id);
  return html`<div class="actions">${run.isOver ? resurrectForm(path) : abortForms(path)}</div>`;
}

function abortForms(path: string): Html {
  return html`<form method="post" action="${path}/abort">
      <input type="hidden" name="manner" value="gracefully" />
      <button id="abort-gracefully">Abort gracefully</button>
    </form>
    <form method="post" action="${path}/abort">
      <input type="hidden" name="manner" value="immediately" />
      <button id="abort-now" class="danger">Abort at once</button>
    </form>`;
}

function resurrectForm(path: string): Html {
  return html`<form method="post" action="${path}/resurrect">
    <button id="resurrect">Resurrect</button>
  </form>`;
}

/** The button that deletes a run. It takes two steps, because nothing brings the run back. */
export function expireForm({ user }: PageRequest, { id }: ShownRun): Html | undefined {
  if (user === undefined) return undefined;
  return html`<details class="danger-zone">
    <summary>Expire this run…</summary>
    <form method="post" action="${runPath(id)}/expire">
      <p>
        This stops the run and deletes it with its storages, as Apify does after the retention
        period. It cannot be undone.
      </p>
      <button class="danger">Delete the run and its storages</button>
    </form>
  </details>`;
}
