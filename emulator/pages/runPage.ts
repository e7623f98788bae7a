import { notFound } from "../http/errors";
import { logText } from "../runs/log";
import { html } from "./html";
import { livePageAnswer } from "./layout";
import { noticeOf } from "./notices";
import { textAnswer } from "./pageAnswers";
import { page } from "./pageRequest";
import { expireForm, runActionForms } from "./runActionForms";
import { runDetails } from "./runDetails";
import { logLength, logPart, logSection } from "./logSection";
import { runData } from "./runData";
import { actorPath, taskPath } from "./paths";
import { nameOf, shownRun } from "./shownRun";
import { statusMark } from "./status";
import { durationText, timeAndAge } from "./times";
import { facts } from "./fields";
import { recordView } from "./recordView";
import { recordFilePath } from "./recordsTable";
import type { Answer } from "../http/answer";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";
import type { Html } from "./html";
import type { PageContext } from "./pageContext";
import type { PageRequest, PageRoute } from "./pageRequest";
import type { ShownRun } from "./shownRun";

/** The page of a run, and its whole log as text. */
export function runRoutes(context: PageContext): PageRoute[] {
  const { state } = context;
  return [
    page("/actors/runs/:id", (request) => runPage(context, request)),
    page("/actors/runs/:id/log", (request) =>
      textAnswer(state, logText(runOf(state, request), "printable")),
    ),
  ];
}

function runPage({ state, versions }: PageContext, request: PageRequest): Answer {
  const entry = runOf(state, request);
  const run = shownRun(state, entry);
  const dataset = state.datasets.get(entry.run.defaultDatasetId);
  const store = state.keyValueStores.get(entry.run.defaultKeyValueStoreId);
  const counts = [
    logLength(entry),
    dataset?.items.length ?? 0,
    store === undefined ? 0 : Date.parse(store.modifiedAt),
  ];
  const [shownLines] = versions.countsOf(request.query.get("live")) ?? [];
  return livePageAnswer(state, request, {
    title: `Run ${run.id}`,
    notice: noticeOf(request),
    before: heading(run),
    live: {
      version: versions.version(counts, run.isOver ? "idle" : "live"),
      state: run.isOver ? "ended" : "live",
      announcement: `The run is ${run.status}.`,
      parts: () =>
        html`<section id="summary" class="summary" aria-label="Status">
            ${summary(run, state.clock.now())} ${runActionForms(request, run)}
          </section>
          ${logSection(entry, logPart(entry, shownLines))}
          <div id="data">${runData({ dataset, store })}</div>
          <div id="details">${runDetails(run)}</div>`,
    },
    after: html`${inputSection(state, entry)} ${expireForm(request, run)}`,
  });
}

/** The run in the path; throws a 404 that says why it may be gone. */
export function runOf(state: EmulatorState, { params }: PageRequest): RunEntry {
  const entry = state.runs.get(params.id ?? "");
  if (entry === undefined) {
    throw notFound(`Run "${params.id ?? ""}"`);
  }
  return entry;
}

function heading({ id, task, actor, entry }: ShownRun): Html {
  return html`<h1>Run <span class="id">${id}</span></h1>
    <p class="origin">
      ${
        task === undefined
          ? undefined
          : html`Task <a href="${taskPath(task.id)}">${nameOf(task)}</a> · `
      }Actor
      <a href="${actorPath(actor.id)}">${nameOf(actor)}</a>
      · Build ${entry.build.number} · Account ${entry.owner.username}
    </p>`;
}

function summary(run: ShownRun, now: number): Html {
  const { status, message, span, finishedAt, entry } = run;
  return html`<p class="headline">${statusMark(status)} <span class="text">${message}</span></p>
    ${facts([
      ["Started", timeAndAge(span.from, now)],
      ["Finished", finishedAt === undefined ? undefined : timeAndAge(finishedAt, now)],
      ["Duration", durationText(span.to - span.from)],
      ["Exit code", entry.run.exitCode === null ? undefined : String(entry.run.exitCode)],
    ])}`;
}

function inputSection(state: EmulatorState, { run, inputKey }: RunEntry): Html {
  const record = state.keyValueStores.get(run.defaultKeyValueStoreId)?.records.get(inputKey);
  return html`<section aria-labelledby="input">
    <h2 id="input">Input</h2>
    ${record === undefined ? html`<p class="empty">None.</p>` : recordView(record, { key: inputKey, file: recordFilePath(run.defaultKeyValueStoreId, inputKey) })}
  </section>`;
}
