import { colouredText } from "./colouredText";
import { html } from "./html";
import { runPath } from "./paths";
import { shortened } from "./values";
import type { RunEntry } from "../state/entities";
import type { Html } from "./html";

/** A page that loads shows this many of the last lines. */
const maxLines = 500;

/** The number of lines of a run's log. */
export function logLength({ log }: RunEntry): number {
  return log.removed + log.lines.length;
}

/** The last lines of a log or, for a page that already shows `from` of them, only the others. */
export function logPart(entry: RunEntry, from: number | undefined): Html {
  const length = logLength(entry);
  const isContinued = from !== undefined && from <= length && length - from <= maxLines;
  const first = isContinued ? from : length - maxLines;
  const { lines, removed } = entry.log;
  const shown = lines.slice(Math.max(0, first - removed)).map(lineOf);
  return isContinued
    ? html`<div id="log-lines" data-append="yes">${shown}</div>`
    : html`<div id="log-lines">${shown}</div>`;
}

/** The log of a run. Its box shows the end, because its direction is reversed (style.css). */
export function logSection({ run }: RunEntry, lines: Html): Html {
  return html`<section aria-labelledby="log">
    <h2 id="log">Log</h2>
    <div class="log" role="region" aria-labelledby="log" tabindex="0">${lines}</div>
    <p><a href="${runPath(run.id)}/log">The whole log as text</a></p>
  </section>`;
}

/** Each line begins with its time. The whole date is in the log as text. */
function lineOf(line: string): Html {
  const parts = /^[^ T]+T(\S+)Z (.*)$/s.exec(line);
  const text = colouredText(shortened(parts?.[2] ?? line));
  return html`<div><span class="at">${parts?.[1]}</span> <span class="text">${text}</span></div>`;
}
