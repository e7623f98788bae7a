import { invalidValue, notFound } from "../http/errors";
import { decoded } from "../http/router";
import { offeredFaults } from "./faultCatalog";
import { activeFaults, faultForm } from "./faultForms";
import { html } from "./html";
import { livePageAnswer } from "./layout";
import { noticeOf, pathAfter } from "./notices";
import { redirectAnswer } from "./pageAnswers";
import { action, numberField, page } from "./pageRequest";
import { taskPath } from "./paths";
import { nameOf } from "./shownRun";
import type { Injection } from "../faults/injection";
import type { Answer } from "../http/answer";
import type { EmulatorState } from "../state/emulatorState";
import type { Task } from "../state/entities";
import type { Done } from "./notices";
import type { PageContext } from "./pageContext";
import type { PageRequest, PageRoute, SignedInRequest } from "./pageRequest";

/** The faults of all tasks. */
export function faultRoutes(context: PageContext): PageRoute[] {
  const { state, faults } = context;
  return [
    page("/faults", (request) => faultsPage(context, request)),
    action("/faults", (request) => {
      faults.inject(injectionOf(state, request));
      return backTo(state, request, "injected");
    }),
    action("/faults/:id/remove", (request) => {
      const fault = faults.all().find(({ id }) => String(id) === request.params.id);
      if (fault === undefined) throw notFound("Fault");
      fault.remove();
      return backTo(state, request, "removed");
    }),
  ];
}

function faultsPage({ state, faults, versions }: PageContext, request: PageRequest): Answer {
  return livePageAnswer(state, request, {
    title: "Faults",
    notice: noticeOf(request),
    before: html`<h1>Faults</h1>
      <p>What goes wrong at the API on purpose, to see what a program makes of it.</p>`,
    live: {
      version: versions.version([], "idle"),
      state: "live",
      parts: () =>
        html`<section id="faults" aria-label="Injected faults">
          ${activeFaults(faults, request)}
        </section>`,
    },
    after: faultForm(request),
  });
}

function injectionOf(state: EmulatorState, request: SignedInRequest): Injection {
  const { form } = request;
  const offered = offeredFaults.find(({ id }) => id === form.get("fault"));
  if (offered === undefined) throw invalidValue("Choose one of the faults.");
  const times = numberField(request, "times", { called: "How many times", min: 1 }) ?? 1;
  const { label, endpoint, fault } = offered;
  const task = state.tasks.find(({ id }) => id === form.get("task"));
  if (task === undefined || endpoint !== "startRun") return { label, endpoint, fault, times };
  return {
    label: `${label} (${nameOf(task)})`,
    endpoint,
    fault,
    times,
    when: ({ pathname }) => isStartOf(task, pathname),
  };
}

function isStartOf(task: Task, pathname: string): boolean {
  const reference = decoded(pathname.split("/")[3] ?? "");
  return [task.id, nameOf(task), `~${task.name}`].includes(reference);
}

function backTo({ tasks }: EmulatorState, { form }: SignedInRequest, done: Done): Answer {
  const task = tasks.find(({ id }) => taskPath(id) === form.get("back"));
  return redirectAnswer(pathAfter(task === undefined ? "/faults" : taskPath(task.id), done));
}
