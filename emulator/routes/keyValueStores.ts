import { bytes, noContent, ok, stored } from "../http/answer";
import { ApiError, notFound } from "../http/errors";
import { numberParam } from "../http/query";
import { param } from "../http/request";
import { route } from "../http/router";
import { timestamp } from "../state/emulatorState";
import { setRecord } from "../state/storages";
import { findStorage, storageView } from "./storages";
import type { Answer } from "../http/answer";
import type { AuthorizedRequest } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { KeyValueStore } from "../state/entities";

const rateLimit = 200;
const maxListedKeys = 1000;

/** /v2/key-value-stores */
export function keyValueStoreRoutes(state: EmulatorState): Route[] {
  const record = "/v2/key-value-stores/:id/records/:key";
  return [
    route("GET /v2/key-value-stores/:id", (request) =>
      ok(storeView(state, storeOf(state, request))),
    ),
    route("DELETE /v2/key-value-stores/:id", (request) => {
      state.keyValueStores.delete(storeOf(state, request).id);
      return noContent();
    }),
    route("GET /v2/key-value-stores/:id/keys", (request) => listKeys(state, request)),
    route(`GET ${record}`, (request) => getRecord(state, request), { rateLimit }),
    route(`PUT ${record}`, (request) => putRecord(state, request), { rateLimit }),
    route(
      `DELETE ${record}`,
      (request) => {
        const store = storeOf(state, request);
        if (store.records.delete(param(request, "key"))) store.modifiedAt = timestamp(state);
        return noContent();
      },
      { rateLimit },
    ),
  ];
}

function getRecord(state: EmulatorState, request: AuthorizedRequest): Answer {
  const record = storeOf(state, request).records.get(param(request, "key"));
  if (record === undefined) throw notFound("Record");
  return bytes(record.body, record.contentType);
}

function putRecord(state: EmulatorState, request: AuthorizedRequest): Answer {
  const store = storeOf(state, request);
  const key = param(request, "key");
  if (!/^[\w!\-.'()]{1,256}$/.test(key)) {
    throw new ApiError("invalid-record-key", { message: `The record key "${key}" is not valid` });
  }
  const contentType = request.headers["content-type"];
  setRecord(state, store, { key, value: request.body, contentType });
  return stored();
}

function listKeys(state: EmulatorState, request: AuthorizedRequest): Answer {
  const { id, records } = storeOf(state, request);
  const limit = Math.min(numberParam(request.query, "limit") ?? maxListedKeys, maxListedKeys);
  const exclusiveStartKey = request.query.get("exclusiveStartKey");
  const keys = [...records.keys()]
    .sort()
    .filter((key) => exclusiveStartKey === null || key > exclusiveStartKey);
  const listed = keys.slice(0, limit);
  const isTruncated = keys.length > listed.length;
  return ok({
    items: listed.map((key) => ({
      key,
      size: records.get(key)?.body.length ?? 0,
      recordPublicUrl: `${state.url}/v2/key-value-stores/${id}/records/${key}`,
    })),
    count: listed.length,
    limit,
    exclusiveStartKey,
    isTruncated,
    nextExclusiveStartKey: isTruncated ? (listed.at(-1) ?? null) : null,
  });
}

function storeOf(state: EmulatorState, request: AuthorizedRequest): KeyValueStore {
  return findStorage(state, request, {
    among: state.keyValueStores,
    called: "Key-value Store",
  });
}

function storeView(state: EmulatorState, store: KeyValueStore): unknown {
  const sizes = [...store.records.values()].map(({ body }) => body.length);
  return {
    ...storageView(store, "key-value-stores"),
    stats: {
      readCount: 0,
      writeCount: store.records.size,
      deleteCount: 0,
      listCount: 0,
      storageBytes: sizes.reduce((sum, size) => sum + size, 0),
    },
    keysPublicUrl: `${state.url}/v2/key-value-stores/${store.id}/keys`,
  };
}
