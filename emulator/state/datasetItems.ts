import { timestamp } from "./emulatorState";
import { lowerBound } from "./lowerBound";
import type { JsonObject } from "../json";
import type { EmulatorState } from "./emulatorState";
import type { Dataset } from "./storage";

/** A text cannot be longer than some 500 million characters. */
const maxJournaledItems = 1000;

/** Adds items to a dataset, as JSON can represent them. */
export function pushItems(
  state: EmulatorState,
  dataset: Dataset,
  items: readonly JsonObject[],
): void {
  const at = state.clock.now();
  addItems(dataset, items, at);
  dataset.modifiedAt = timestamp(state);
  for (let from = 0; from < items.length; from += maxJournaledItems) {
    const part = items.slice(from, from + maxJournaledItems);
    state.journal({ kind: "items", datasetId: dataset.id, at, items: part });
  }
}

/** Adds items that came at this time, in epoch milliseconds. */
export function addItems(dataset: Dataset, items: readonly JsonObject[], at: number): void {
  for (const item of items) addItem(dataset, item, at);
}

/** What a dataset says about its items. */
export interface ItemCounts {
  readonly itemCount: number;
  readonly cleanItemCount: number;
  readonly fields: string[];
  readonly storageBytes: number;
}

/** The counts of a dataset, which include new items only after `itemCountLagMillis`. */
export function itemCounts(state: EmulatorState, { items, fields }: Dataset): ItemCounts {
  const countedUntil = state.clock.now() - state.settings.itemCountLagMillis;
  const itemCount = lowerBound(items, ({ at }) => at <= countedUntil);
  const last = items[itemCount - 1];
  return {
    itemCount,
    cleanItemCount: last?.cleanCount ?? 0,
    fields: [...fields].filter(([, firstItem]) => firstItem < itemCount).map(([field]) => field),
    storageBytes: last?.bytes ?? 0,
  };
}

/** Whether a field is hidden: https://docs.apify.com/platform/storage/dataset#hidden-fields */
export function isHidden(field: string): boolean {
  return field.startsWith("#");
}

function addItem({ items, fields }: Dataset, item: JsonObject, now: number): void {
  const text = JSON.stringify(item);
  const value = JSON.parse(text) as JsonObject;
  const last = items.at(-1);
  for (const field of Object.keys(value)) {
    if (!fields.has(field)) fields.set(field, items.length);
  }
  items.push({
    value,
    // The system's clock may be set back.
    at: Math.max(now, last?.at ?? 0),
    cleanCount: (last?.cleanCount ?? 0) + (Object.keys(value).every(isHidden) ? 0 : 1),
    bytes: (last?.bytes ?? 0) + Buffer.byteLength(text),
  });
}
