import { html } from "./html";
import type { Html } from "./html";

/** How a status looks. Its shape says the same as its colour, and its text says it all. */
export type Look =
  "succeeded" | "failed" | "timed-out" | "aborted" | "running" | "ready" | "ending" | "other";

const looks: Readonly<Record<string, Look>> = {
  READY: "ready",
  RUNNING: "running",
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  "TIMING-OUT": "ending",
  "TIMED-OUT": "timed-out",
  ABORTING: "ending",
  ABORTED: "aborted",
};

/** The statuses that a list can be filtered by. */
export const knownStatuses: readonly string[] = Object.keys(looks);

const shapes: Readonly<Record<Look, Html>> = {
  succeeded: html`<path d="M3 8.5l3.5 3.5L13 4.5" />`,
  failed: html`<path d="M4 4l8 8M12 4l-8 8" />`,
  "timed-out": html`<circle cx="8" cy="8" r="5.5" /> <path d="M8 4.5V8l2.5 2" />`,
  aborted: html`<rect x="3.5" y="3.5" width="9" height="9" rx="1" />`,
  running: html`<path class="filled" d="M5 3.5v9l7-4.5z" />`,
  ready: html`<circle cx="8" cy="8" r="5" />`,
  ending: html`<path d="M5.5 4v8M10.5 4v8" />`,
  other: html`<path d="M3 8h10" />`,
};

/** The look of a status. A test may set statuses that nobody knows. */
export function lookOf(status: string): Look {
  return (Object.hasOwn(looks, status) ? looks[status] : undefined) ?? "other";
}

/** A status with its shape. */
export function statusMark(status: string): Html {
  const look = lookOf(status);
  return html`<span class="status is-${look}"
    ><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${shapes[look]}</svg
    >${status}</span
  >`;
}
