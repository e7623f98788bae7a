import { html } from "./html";
import { runPath, taskPath } from "./paths";
import { nameOfRun } from "./shownRun";
import { lookOf, statusMark } from "./status";
import { axisOf, barOf } from "./timeline";
import { durationText, tickText, timeAndAge } from "./times";
import type { Html } from "./html";
import type { ShownRun } from "./shownRun";
import type { Axis } from "./timeline";

/** A list of runs, with their bars on a common time axis. */
export function runRows(runs: readonly ShownRun[], now: number): Html {
  const axis = axisOf(runs.map(({ span }) => span));
  if (axis === undefined) return html`<p class="empty">No runs.</p>`;
  return html`<div class="runs">
    <div class="axis" aria-hidden="true">
      <svg width="100%" height="18">
        ${axis.ticks.map(
          ({ at, percent }) =>
            html`<text x="${percent}%" y="13" text-anchor="${anchorAt(percent)}">
              ${tickText(at, axis.stepMillis)}
            </text>`,
        )}
      </svg>
    </div>
    <ol>
      ${runs.map((run) => runRow(run, axis, now))}
    </ol>
  </div>`;
}

/** A label at an end of the axis must not be cut off. */
function anchorAt(percent: number): string {
  if (percent < 5) return "start";
  return percent > 95 ? "end" : "middle";
}

function runRow(run: ShownRun, axis: Axis, now: number): Html {
  const { id, status, span, task } = run;
  const name = nameOfRun(run);
  return html`<li id="row-${id}">
    ${statusMark(status)}
    <span class="which">
      <a class="id" href="${runPath(id)}">${id}</a>
      <span class="of"
        >${task === undefined ? name : html`<a href="${taskPath(task.id)}">${name}</a>`}</span
      >
    </span>
    <span class="when">${timeAndAge(span.from, now)}</span>
    <span class="took"><span class="unseen">took </span>${durationText(span.to - span.from)}</span>
    ${lane(run, axis)}
  </li>`;
}

function lane({ status, isOver, span }: ShownRun, axis: Axis): Html {
  const { start, length } = barOf(span, axis);
  const look = lookOf(status);
  const end = start + length;
  return html`<svg class="lane" width="100%" height="20" aria-hidden="true">
    ${axis.ticks.map(
      ({ percent }) => html`<line class="grid" x1="${percent}%" x2="${percent}%" y1="0" y2="20" />`,
    )}
    <rect
      class="bar is-${look} ${isOver ? undefined : "live"}"
      x="${start}%"
      width="${length}%"
      y="5"
      height="10"
      rx="2"
    />
    ${
      look === "failed" || look === "timed-out" || look === "aborted"
        ? html`<line class="cap is-${look}" x1="${end}%" x2="${end}%" y1="2" y2="18" />`
        : undefined
    }
  </svg>`;
}
