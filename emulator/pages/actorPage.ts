import { invalidValue, notFound } from "../http/errors";
import { addBuild, moveTag } from "../state/actorsAndTasks";
import { buildsSection } from "./builds";
import { html } from "./html";
import { pageAnswer } from "./layout";
import { noticeOf, pathAfter } from "./notices";
import { redirectAnswer } from "./pageAnswers";
import { action, page, requireOwner, textField } from "./pageRequest";
import { actorPath, taskPath } from "./paths";
import { nameOf } from "./shownRun";
import type { Answer } from "../http/answer";
import type { EmulatorState } from "../state/emulatorState";
import type { Actor, Build } from "../state/entities";
import type { Done } from "./notices";
import type { PageRequest, PageRoute, SignedInRequest } from "./pageRequest";

/** The page of an Actor, and what its forms for builds do. */
export function actorRoutes(state: EmulatorState): PageRoute[] {
  return [
    page("/actors/:id", (request) => actorPage(state, request)),
    action("/actors/:id/builds", (request) => {
      const actor = ownActor(state, request);
      addBuild(state, actor, {
        number: newNumber(request, actor),
        tags: tagsIn(textField(request, "tags")),
        ...codeOf(actor.builds.at(-1)),
      });
      return backTo(state, request, { actor, done: "built" });
    }),
    action("/actors/:id/tags", (request) => {
      const actor = ownActor(state, request);
      const [tag, ...others] = tagsIn(textField(request, "tag"));
      if (tag === undefined || others.length > 0) throw invalidValue("Enter one tag to move.");
      const build = actor.builds.find(({ id }) => id === request.form.get("build"));
      if (build === undefined) throw notFound("Build");
      moveTag(state, actor, { tag, build });
      return backTo(state, request, { actor, done: "tagged" });
    }),
  ];
}

function actorPage(state: EmulatorState, request: PageRequest): Answer {
  const actor = actorOf(state, request);
  const tasks = state.tasks.filter(({ actId }) => actId === actor.id);
  const main = html`<h1>${nameOf(actor)}</h1>
    <p class="origin">
      ${actor.title === null ? undefined : html`${actor.title} · `}Actor
      <span class="id">${actor.id}</span>
    </p>
    <section aria-labelledby="tasks">
      <h2 id="tasks">Its tasks</h2>
      ${
        tasks.length === 0
          ? html`<p class="empty">None.</p>`
          : html`<ul>
              ${tasks.map((task) => html`<li><a href="${taskPath(task.id)}">${nameOf(task)}</a></li>`)}
            </ul>`
      }
    </section>
    ${buildsSection(request, actor)}`;
  return pageAnswer(state, request, { title: nameOf(actor), main, notice: noticeOf(request) });
}

function ownActor(state: EmulatorState, request: SignedInRequest): Actor {
  const actor = actorOf(state, request);
  // An Actor may belong to somebody who has no account here. Then everybody may change it.
  requireOwner(
    request,
    state.users.find(({ id }) => id === actor.userId),
  );
  return actor;
}

function actorOf({ actors }: EmulatorState, { params }: PageRequest): Actor {
  const reference = params.id ?? "";
  const actor = actors.find((each) => each.id === reference || nameOf(each) === reference);
  if (actor === undefined) throw notFound(`Actor "${reference}"`);
  return actor;
}

function newNumber(request: SignedInRequest, { builds }: Actor): string {
  const number = textField(request, "number") ?? "";
  if (!/^\d{1,4}\.\d{1,4}\.\d{1,6}$/.test(number)) {
    throw invalidValue(`A build's number has three parts, such as 0.1.2, but this is "${number}".`);
  }
  if (!builds.some((build) => build.number === number)) return number;
  throw invalidValue(`The Actor already has a build ${number}.`);
}

/** Tags have the characters that Apify allows in names. */
function tagsIn(text = ""): string[] {
  const tags = text.split(/[\s,]+/).filter((tag) => tag !== "");
  const unusual = tags.find((tag) => !/^[\w.-]{1,63}$/.test(tag));
  if (unusual === undefined) return [...new Set(tags)];
  throw invalidValue(`A tag has letters, digits, ".", "_" and "-" only, but this is "${unusual}".`);
}

/** The code and the input schema that a new build takes over. */
function codeOf(build: Build | undefined): Omit<Parameters<typeof addBuild>[2], "number" | "tags"> {
  if (build === undefined) return {};
  const { program, inputSchema, environmentVariables } = build;
  return {
    environmentVariables,
    ...(program.kind === "command" ? { command: [...program.command] } : {}),
    ...(program.kind === "function" ? { run: program.run } : {}),
    ...(inputSchema === undefined ? {} : { inputSchema }),
  };
}

/** The task whose page has the form, or else the Actor's own page. */
function backTo(
  { tasks }: EmulatorState,
  { form }: SignedInRequest,
  { actor, done }: { actor: Actor; done: Done },
): Answer {
  const task = tasks.find(({ id }) => taskPath(id) === form.get("back"));
  return redirectAnswer(
    pathAfter(task === undefined ? actorPath(actor.id) : taskPath(task.id), done),
  );
}
