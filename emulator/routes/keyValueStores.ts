import { bytes, noContent, ok, stored, type Answer } from "../http/answer";
import { ApiError, notFound } from "../http/errors";
import { numberParam } from "../http/query";
import { param, type AuthorizedRequest } from "../http/request";
import { route, type Route } from "../http/router";
import { timestamp, type Platform } from "../platform";
import type { KeyValueStore } from "../state/entities";
import { setRecord } from "../state/storages";
import { findStorage, storageView } from "./storages";

const rateLimit = 200;
const maxListedKeys = 1000;

/** /v2/key-value-stores */
export function keyValueStoreRoutes(platform: Platform): Route[] {
  const record = "/v2/key-value-stores/:id/records/:key";
  return [
    route("GET /v2/key-value-stores/:id", (request) =>
      ok(storeView(platform, storeOf(platform, request))),
    ),
    route("DELETE /v2/key-value-stores/:id", (request) => {
      platform.keyValueStores.delete(storeOf(platform, request).id);
      return noContent();
    }),
    route("GET /v2/key-value-stores/:id/keys", (request) => listKeys(platform, request)),
    route(`GET ${record}`, (request) => getRecord(platform, request), { rateLimit }),
    route(`PUT ${record}`, (request) => putRecord(platform, request), { rateLimit }),
    route(
      `DELETE ${record}`,
      (request) => {
        const store = storeOf(platform, request);
        if (store.records.delete(param(request, "key"))) store.modifiedAt = timestamp(platform);
        return noContent();
      },
      { rateLimit },
    ),
  ];
}

function getRecord(platform: Platform, request: AuthorizedRequest): Answer {
  const record = storeOf(platform, request).records.get(param(request, "key"));
  if (record === undefined) throw notFound("Record");
  return bytes(record.body, record.contentType);
}

function putRecord(platform: Platform, request: AuthorizedRequest): Answer {
  const store = storeOf(platform, request);
  const key = param(request, "key");
  if (!/^[\w!\-.'()]{1,256}$/.test(key)) {
    throw new ApiError("invalid-record-key", { message: `The record key "${key}" is not valid` });
  }
  const contentType = request.headers["content-type"];
  setRecord(platform, store, { key, value: request.body, contentType });
  return stored();
}

function listKeys(platform: Platform, request: AuthorizedRequest): Answer {
  const { id, records } = storeOf(platform, request);
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
      recordPublicUrl: `${platform.url}/v2/key-value-stores/${id}/records/${key}`,
    })),
    count: listed.length,
    limit,
    exclusiveStartKey,
    isTruncated,
    nextExclusiveStartKey: isTruncated ? (listed.at(-1) ?? null) : null,
  });
}

function storeOf(platform: Platform, request: AuthorizedRequest): KeyValueStore {
  return findStorage(platform, request, {
    among: platform.keyValueStores,
    called: "Key-value Store",
  });
}

function storeView(platform: Platform, store: KeyValueStore): unknown {
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
    keysPublicUrl: `${platform.url}/v2/key-value-stores/${store.id}/keys`,
  };
}
