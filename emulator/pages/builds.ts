import { inputField, selectField } from "./fields";
import { html } from "./html";
import { signInPath } from "./layout";
import { actorPath } from "./paths";
import { time } from "./times";
import type { Actor, Build } from "../state/entities";
import type { Html } from "./html";
import type { PageRequest } from "./pageRequest";

/** The builds of an Actor and their tags, newest first. */
export function buildsSection(request: PageRequest, actor: Actor): Html {
  return html`<section aria-labelledby="builds">
    <h2 id="builds">Builds of the Actor</h2>
    <div class="scroll" role="region" aria-label="Builds" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">Tags</th>
            <th scope="col">Created</th>
          </tr>
        </thead>
        <tbody>
          ${[...actor.builds].reverse().map(buildRow)}
        </tbody>
      </table>
    </div>
    ${request.user === undefined ? signInToChange(request) : buildForms(request, actor)}
  </section>`;
}

/** The address in a build's `consoleUrl` ends with `#/builds/NUMBER`. */
function buildRow({ number, tags, createdAt }: Build): Html {
  return html`<tr id="/builds/${number}">
    <th scope="row">${number}</th>
    <td>${[...tags].map((tag) => html`<span class="tag">${tag}</span> `)}</td>
    <td>${time(Date.parse(createdAt))}</td>
  </tr>`;
}

function signInToChange({ pathname }: PageRequest): Html {
  return html`<p>
    <a class="button quiet" href="${signInPath(pathname)}">Sign in to change builds</a>
  </p>`;
}

function buildForms({ pathname }: PageRequest, actor: Actor): Html {
  const path = actorPath(actor.id);
  const choices = [...actor.builds].reverse().map(({ id, number }) => [id, number] as const);
  const back = html`<input type="hidden" name="back" value="${pathname}" />`;
  return html`<form class="row" method="post" action="${path}/tags">
      ${back}
      <div>${inputField({ id: "tag", name: "tag", label: "Move tag", placeholder: "latest" })}</div>
      <div>
        ${selectField({ id: "tag-build", name: "build", label: "to build" }, choices, actor.builds[0]?.id ?? "")}
      </div>
      <button id="move-tag">Move tag</button>
    </form>
    <form class="row" method="post" action="${path}/builds">
      ${back}
      <div>
        ${inputField({ id: "number", name: "number", label: "Add build", value: nextNumber(actor) })}
      </div>
      <div>
        ${inputField({ id: "tags", name: "tags", label: "with tags", placeholder: "latest, beta" })}
      </div>
      <button id="add-build">Add build</button>
    </form>
    <p class="hint">A new build runs the same code as the newest one.</p>`;
}

/** The number after the newest build's. */
function nextNumber({ builds }: Actor): string {
  const [major = "0", minor = "1", patch = "0"] = builds.at(-1)?.number.split(".") ?? [];
  return `${major}.${minor}.${Number(patch) + 1}`;
}
