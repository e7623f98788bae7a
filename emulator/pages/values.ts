import { isObject } from "../json";
import { html } from "./html";
import { visibleJson } from "./visibleText";
import type { Html } from "./html";

/** A longer value is cut off: a table or a page of many megabytes helps nobody. */
const maxValueChars = 2000;

/** A value of any kind: text as it is, what is nested as indented JSON. */
export function valueOf(value: unknown): Html {
  if (value === undefined) return html`<span class="none">–</span>`;
  if (typeof value === "string") return html`<span class="text">${shortened(value)}</span>`;
  if (typeof value === "object" && value !== null) {
    const isSmall = isObject(value) ? Object.keys(value).length === 0 : false;
    const text = shortened(visibleJson(value));
    return isSmall ? html`<code>${text}</code>` : html`<pre class="value">${text}</pre>`;
  }
  return html`<code>${shortened(visibleJson(value))}</code>`;
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
