import { html } from "./html";
import { visibleJson } from "./visibleText";
import type { Html } from "./html";

/** A longer value is cut off: a table or a page of many megabytes helps nobody. */
const maxValueChars = 2000;

/** A value of this length is more readable in one line. */
const maxLineChars = 60;

/** A value of any kind: text and numbers as they are, what is nested as JSON. */
export function valueOf(value: unknown): Html {
  if (value === undefined) return html`<span class="none">–</span>`;
  if (typeof value === "string") return html`<span class="text">${shortened(value)}</span>`;
  if (typeof value !== "object" || value === null) return html`${shortened(visibleJson(value))}`;
  const indented = visibleJson(value);
  const line = indented.replace(/\n */g, " ");
  return line.length <= maxLineChars
    ? html`<code>${line}</code>`
    : html`<pre class="value">${shortened(indented)}</pre>`;
}

/** JSON as a block of text. */
export function jsonBlock(value: unknown, maxChars = 50_000): Html {
  return html`<pre class="json" tabindex="0">${shortened(visibleJson(value), maxChars)}</pre>`;
}

/** A text that is not longer than this, or its beginning and how much was left out. */
export function shortened(text: string, maxChars = maxValueChars): string {
  if (text.length <= maxChars) return text;
  return `${text.slice(0, maxChars)}… (${text.length - maxChars} more characters)`;
}
