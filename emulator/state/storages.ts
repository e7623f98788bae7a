import { timestamp } from "./emulatorState";
import type { JsonObject } from "../json";
import type { EmulatorState } from "./emulatorState";
import type { Dataset, KeyValueStore, Storage, StoredRecord } from "./entities";

/** The owner of a storage. */
export interface StorageOwner {
  readonly userId: string;
  readonly actId: string;
  readonly runId: string;
}

/** The ids of a run's default storages. */
export interface DefaultStorages {
  readonly datasetId: string;
  readonly keyValueStoreId: string;
  readonly requestQueueId: string;
}

/** Creates the three default storages of a run. */
export function createDefaultStorages(state: EmulatorState, owner: StorageOwner): DefaultStorages {
  const newStorage = (): Storage => {
    const now = timestamp(state);
    return { id: state.newId(), ...owner, createdAt: now, modifiedAt: now, accessedAt: now };
  };
  const urlSigningSecretKey = state.newId() + state.newId();
  const dataset: Dataset = { ...newStorage(), items: [], urlSigningSecretKey };
  const store: KeyValueStore = { ...newStorage(), records: new Map() };
  const queue = newStorage();
  state.datasets.set(dataset.id, dataset);
  state.keyValueStores.set(store.id, store);
  state.requestQueues.set(queue.id, queue);
  return { datasetId: dataset.id, keyValueStoreId: store.id, requestQueueId: queue.id };
}

/** Adds items to a dataset. */
export function pushItems(
  state: EmulatorState,
  dataset: Dataset,
  items: readonly JsonObject[],
): void {
  const at = state.clock.now();
  for (const item of items) dataset.items.push({ value: structuredClone(item), at });
  dataset.modifiedAt = timestamp(state);
}

/** Writes a record: a Buffer as it is, a string as text, anything else as JSON. */
export function setRecord(
  state: EmulatorState,
  store: KeyValueStore,
  entry: { key: string; value: unknown; contentType?: string | undefined },
): void {
  store.records.set(entry.key, encodeRecord(entry.value, entry.contentType));
  store.modifiedAt = timestamp(state);
}

/** The value of a record: parsed if it is JSON, a string if it is text, else a Buffer. */
export function recordValue({ contentType, body }: StoredRecord): unknown {
  if (/^application\/json\b/i.test(contentType)) return JSON.parse(body.toString("utf8"));
  return /^text\//i.test(contentType) ? body.toString("utf8") : body;
}

function encodeRecord(value: unknown, contentType: string | undefined): StoredRecord {
  if (Buffer.isBuffer(value)) {
    return { contentType: contentType ?? "application/octet-stream", body: value };
  }
  if (typeof value === "string") {
    return { contentType: contentType ?? "text/plain; charset=utf-8", body: Buffer.from(value) };
  }
  const body = Buffer.from(JSON.stringify(value));
  return { contentType: contentType ?? "application/json; charset=utf-8", body };
}
