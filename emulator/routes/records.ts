import { bytes, noContent, ok, stored } from "../http/answer";
import { invalidValue, notFound } from "../http/errors";
import { booleanParam, limitParam } from "../http/query";
import { param } from "../http/request";
import { checkKey, deleteRecord, listKeys, setRecord } from "../state/records";
import { isContentSignature, recordSignature } from "./urlSignature";
import type { Answer } from "../http/answer";
import type { ApiRequest } from "../http/request";
import type { EmulatorState } from "../state/emulatorState";
import type { KeyValueStore } from "../state/storage";
import type { StorageEndpoint } from "./storageEndpoints";

const rateLimit = 200;
const maxListedKeys = 1000;

/** The keys and the records of a key-value store. */
export function recordEndpoints(state: EmulatorState): StorageEndpoint<KeyValueStore>[] {
  const path = "/records/:key";
  const read = { path, handle: getRecord, isSigned: isRecordSigned, rateLimit };
  const write = {
    path,
    handle: (store: KeyValueStore, request: ApiRequest) => putRecord(state, store, request),
    rateLimit,
  };
  return [
    {
      method: "GET",
      path: "/keys",
      handle: (store, { query }) => ok(keysView(state, store, query)),
      isSigned: (store, { query }) =>
        isContentSignature(store, query.get("signature"), state.clock.now()),
    },
    { method: "GET", ...read },
    { method: "HEAD", ...read },
    { method: "PUT", ...write },
    { method: "POST", ...write },
    {
      method: "DELETE",
      path,
      handle: (store, request) => {
        deleteRecord(state, store, keyIn(request));
        return noContent();
      },
      rateLimit,
    },
  ];
}

function getRecord(store: KeyValueStore, request: ApiRequest): Answer {
  const record = store.records.get(keyIn(request));
  if (record === undefined) throw notFound("Record");
  const attachment = booleanParam(request.query, "attachment") ?? false;
  const headers = attachment ? { "Content-Disposition": "attachment" } : {};
  return bytes(record.body, record.contentType, { headers });
}

function putRecord(state: EmulatorState, store: KeyValueStore, request: ApiRequest): Answer {
  const given = request.headers["content-type"];
  const contentType = given === "" ? undefined : given;
  setRecord(state, store, { key: keyIn(request), value: request.body, contentType });
  return stored();
}

function keysView(state: EmulatorState, store: KeyValueStore, query: URLSearchParams): object {
  if (query.has("collection")) {
    throw invalidValue('Parameter "collection" needs a schema, which the store does not have');
  }
  const limit = limitParam(query, { max: maxListedKeys });
  const exclusiveStartKey = query.get("exclusiveStartKey");
  const { keys, isTruncated } = listKeys(store, {
    after: exclusiveStartKey ?? "",
    prefix: query.get("prefix") ?? "",
    limit,
  });
  const records = `${state.url}/v2/key-value-stores/${store.id}/records`;
  return {
    items: keys.map((key) => ({
      key,
      size: store.records.get(key)?.body.length ?? 0,
      recordPublicUrl: `${records}/${key}?signature=${recordSignature(store, key)}`,
    })),
    count: keys.length,
    limit,
    exclusiveStartKey,
    isTruncated,
    nextExclusiveStartKey: isTruncated ? (keys.at(-1) ?? null) : null,
  };
}

function isRecordSigned(store: KeyValueStore, request: ApiRequest): boolean {
  return request.query.get("signature") === recordSignature(store, param(request, "key"));
}

function keyIn(request: ApiRequest): string {
  const key = param(request, "key");
  checkKey(key);
  return key;
}
