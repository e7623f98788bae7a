import { html } from "./html";
import type { Content, Html } from "./html";

/** A choice in a select field: its value and its text. */
export type Choice = readonly [value: string, text: string];

/** A select field. */
export function selectField(
  { id, name, label }: { id: string; name: string; label: string },
  choices: readonly Choice[],
  selected: string,
): Html {
  return html`<label for="${id}">${label}</label>
    <select id="${id}" name="${name}">
      ${choices.map(([value, text]) =>
        value === selected
          ? html`<option value="${value}" selected>${text}</option>`
          : html`<option value="${value}">${text}</option>`,
      )}
    </select>`;
}

/** A field for a line of text or a number. */
export function inputField({
  id,
  name,
  label,
  value = "",
  placeholder = "",
  kind = "text",
}: {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly kind?: "text" | "number";
}): Html {
  const mode = kind === "number" ? html`inputmode="numeric"` : undefined;
  return html`<label for="${id}">${label}</label>
    <input
      id="${id}"
      name="${name}"
      value="${value}"
      placeholder="${placeholder}"
      autocomplete="off"
      spellcheck="false"
      ${mode}
    />`;
}

/** Names and their values. */
export type Facts = readonly (readonly [name: string, value: Content])[];

/** Names and values; those without a value are left out. */
export function facts(entries: Facts): Html {
  return html`<dl class="facts">
    ${entries.filter(hasValue).map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** Names and values below a heading, if there are any. */
export function factGroup(heading: string, entries: Facts): Html | undefined {
  if (!entries.some(hasValue)) return undefined;
  return html`<h3>${heading}</h3>
    ${facts(entries)}`;
}

function hasValue([, value]: Facts[number]): boolean {
  return value !== undefined && value !== "";
}
