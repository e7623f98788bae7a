import { isObject } from "../json";
import { html } from "./html";
import { valueOf } from "./values";
import type { Dataset } from "../state/storage";
import type { JsonObject } from "../json";
import type { Html } from "./html";

/** More columns than this make a table that nobody reads; the rest shares one. */
const maxColumns = 30;

/** A page of the items of a dataset as a table. */
export function itemsTable(
  dataset: Dataset,
  { offset, limit }: { offset: number; limit: number },
): Html {
  const items = dataset.items.slice(offset, offset + limit).map(({ value }) => value);
  if (items.length === 0) return html`<p class="empty">No items.</p>`;
  const columns = [...new Set(items.flatMap((item) => Object.keys(item)))];
  const shown = columns.slice(0, maxColumns);
  const others = new Set(columns.slice(maxColumns));
  const numeric = new Set(shown.filter((column) => hasNumbersOnly(items, column)));
  const kindOf = (column: string): string => (numeric.has(column) ? "number" : "other");
  return html`<div class="scroll" role="region" aria-label="Items" tabindex="0">
    <table class="items">
      <thead>
        <tr>
          <th scope="col" class="number">#</th>
          ${shown.map((column) => html`<th scope="col" class="${kindOf(column)}">${column}</th>`)}
          ${others.size === 0 ? undefined : html`<th scope="col">${others.size} more fields</th>`}
        </tr>
      </thead>
      <tbody>
        ${items.map(
          (item, index) =>
            html`<tr>
              <th scope="row" class="number">${offset + index + 1}</th>
              ${shown.map((column) => html`<td class="${kindOf(column)}">${valueOf(item[column])}</td>`)}
              ${others.size === 0 ? undefined : html`<td>${valueOf(fieldsAmong(item, others))}</td>`}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function hasNumbersOnly(items: readonly JsonObject[], column: string): boolean {
  return items.every((item) => item[column] === undefined || typeof item[column] === "number");
}

function fieldsAmong(item: unknown, names: ReadonlySet<string>): object {
  const fields = isObject(item) ? Object.entries(item) : [];
  return Object.fromEntries(fields.filter(([name]) => names.has(name)));
}
