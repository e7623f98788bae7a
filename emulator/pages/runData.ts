import { html } from "./html";
import { itemsTable } from "./itemsTable";
import { recordsTable } from "./recordsTable";
import { datasetPath, storePath } from "./paths";
import type { Dataset, KeyValueStore } from "../state/storage";
import type { Html } from "./html";

const itemsShown = 10;
const recordsShown = 20;
const gone = html`<p class="empty">It was deleted.</p>`;

/** The beginning of what a run has stored, and the ways to the rest. */
export function runData({
  dataset,
  store,
}: {
  dataset: Dataset | undefined;
  store: KeyValueStore | undefined;
}): Html {
  return html`<section aria-labelledby="items">
      <h2 id="items">Dataset ${countMark(dataset?.items.length)}</h2>
      ${dataset === undefined ? gone : itemsOf(dataset)}
    </section>
    <section aria-labelledby="records">
      <h2 id="records">Key-value store ${countMark(store?.records.size)}</h2>
      ${store === undefined ? gone : recordsOf(store)}
    </section>`;
}

function itemsOf(dataset: Dataset): Html {
  return html`${itemsTable(dataset, { offset: 0, limit: itemsShown })}
    <p><a href="${datasetPath(dataset.id)}" id="all-items">All items of the dataset</a></p>`;
}

function recordsOf(store: KeyValueStore): Html {
  return html`${recordsTable(store, { offset: 0, limit: recordsShown })}
    <p><a href="${storePath(store.id)}" id="all-records">All records of the store</a></p>`;
}

function countMark(count: number | undefined): Html | undefined {
  return count === undefined ? undefined : html`<span class="count">${count}</span>`;
}
