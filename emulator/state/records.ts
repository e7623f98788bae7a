import { ApiError } from "../http/errors";
import { timestamp } from "./emulatorState";
import { lowerBound } from "./lowerBound";
import type { EmulatorState } from "./emulatorState";
import type { KeyValueStore, StoredRecord } from "./storage";

/** https://docs.apify.com/platform/storage/key-value-store#limits */
const validKey = /^[a-zA-Z0-9!\-_.'()]{1,256}$/;

/** Writes a record: a Buffer as it is, a string as text, anything else as JSON. */
export function setRecord(
  state: EmulatorState,
  store: KeyValueStore,
  entry: { key: string; value: unknown; contentType?: string | undefined },
): void {
  const { key } = entry;
  checkKey(key);
  const record = encodeRecord(entry.value, entry.contentType);
  putRecord(store, key, record);
  store.modifiedAt = timestamp(state);
  state.journal({ kind: "record", storeId: store.id, key, record, at: state.clock.now() });
}

/** Adds or replaces a record. */
export function putRecord(store: KeyValueStore, key: string, record: StoredRecord): void {
  const former = store.records.get(key);
  if (former === undefined) store.sortedKeys.splice(keysBefore(store, key), 0, key);
  store.records.set(key, record);
  store.storageBytes += record.body.length - (former?.body.length ?? 0);
  store.writeCount += 1;
}

/** Deletes a record; does nothing if there is none. */
export function deleteRecord(state: EmulatorState, store: KeyValueStore, key: string): void {
  const record = store.records.get(key);
  if (record === undefined) return;
  store.records.delete(key);
  store.sortedKeys.splice(keysBefore(store, key), 1);
  store.storageBytes -= record.body.length;
  store.deleteCount += 1;
  store.modifiedAt = timestamp(state);
  state.journal({ kind: "recordDeleted", storeId: store.id, key, at: state.clock.now() });
}

/** The keys of a store that begin with `prefix` and come after `after`, `limit` at most. */
export function listKeys(
  store: KeyValueStore,
  { after, prefix, limit }: { after: string; prefix: string; limit: number },
): { keys: string[]; isTruncated: boolean } {
  const start = lowerBound(store.sortedKeys, (key) => key <= after || key < prefix);
  const candidates = store.sortedKeys.slice(start, start + limit + 1);
  const matching = candidates.filter((key) => key.startsWith(prefix));
  return { keys: matching.slice(0, limit), isTruncated: matching.length > limit };
}

/** The value of a record: parsed if it is JSON, a string if it is text, else a Buffer. */
export function recordValue({ contentType, body }: StoredRecord): unknown {
  const isJson = /^application\/json\b/i.test(contentType);
  if (!isJson && !/^text\//i.test(contentType)) return body;
  const text = body.toString("utf8");
  return isJson ? parsedIfJson(text) : text;
}

/** Throws an ApiError if a key is not valid. */
export function checkKey(key: string): void {
  if (validKey.test(key)) return;
  const message =
    `The record key "${key}" is not valid: it must be at most 256 characters long and may ` +
    "only contain the following characters: a-zA-Z0-9!-_.'()";
  throw new ApiError("invalid-record-key", { message });
}

function keysBefore({ sortedKeys }: KeyValueStore, key: string): number {
  return lowerBound(sortedKeys, (each) => each < key);
}

/** What a client declares as JSON need not be JSON. */
function parsedIfJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
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
