import { readJson } from "../apiResponse";
import { orUndefinedWhenMissing } from "../errors";
import { pathSegment } from "../pathSegment";
import { datasetItemsSchema, datasetSchema } from "../schemas/dataset";
import type { ApiRequest, RetryOptions } from "../apiRequest";
import type { Connection } from "../connection";
import type { Dataset } from "../schemas/dataset";
import type { DatasetItemsQuery } from "../types/datasetItemsQuery";

/** The kinds of storages. Every run has a default storage of each kind. */
export type StorageKind = "datasets" | "key-value-stores" | "request-queues";

/** A record of a key-value store. */
export interface KeyValueRecord {
  readonly contentType: string;
  readonly text: string;
}

/** The endpoints of datasets, key-value stores and request queues. */
export interface StorageEndpoints {
  getDataset(datasetId: string): Promise<Dataset>;
  getDatasetItems(
    datasetId: string,
    query?: DatasetItemsQuery,
    limits?: RetryOptions,
  ): Promise<unknown[]>;
  /** Returns `undefined` if the store has no such record. Throws if the store does not exist. */
  getRecord(
    storeId: string,
    key: string,
    limits?: RetryOptions,
  ): Promise<KeyValueRecord | undefined>;
  deleteStorage(kind: StorageKind, id: string, limits?: RetryOptions): Promise<void>;
}

/** Maximum size of a response with items or a record. */
const largeResponseBytes = 256 * 1024 * 1024;

/** The endpoints of storages, over this connection. */
export function storageEndpoints(connection: Connection): StorageEndpoints {
  return {
    getDataset: async (datasetId) =>
      connection.data({ method: "GET", path: storagePath("datasets", datasetId) }, datasetSchema),
    getDatasetItems: async (datasetId, query = {}, limits = {}) => {
      const request: ApiRequest = {
        ...limits,
        method: "GET",
        path: `${storagePath("datasets", datasetId)}/items`,
        query: {
          format: "json",
          ...query,
          fields: query.fields?.join(","),
          omit: query.omit?.join(","),
          unwind: query.unwind?.join(","),
        },
        maxResponseBytes: largeResponseBytes,
      };
      return readJson(request, await connection.call(request), datasetItemsSchema);
    },
    getRecord: async (storeId, key, limits = {}) => {
      const store = storagePath("key-value-stores", storeId);
      const path = `${store}/records/${pathSegment(key)}`;
      const response = await orUndefinedWhenMissing(
        connection.call({ ...limits, method: "GET", path, maxResponseBytes: largeResponseBytes }),
      );
      if (response === undefined) {
        // Apify answers the same for a missing record and a missing store.
        await connection.call({ ...limits, method: "GET", path: store });
        return undefined;
      }
      return { contentType: response.headers["content-type"] ?? "", text: response.text };
    },
    deleteStorage: async (kind, id, limits = {}) => {
      await connection.call({ ...limits, method: "DELETE", path: storagePath(kind, id) });
    },
  };
}

function storagePath(kind: StorageKind, id: string): string {
  return `/v2/${kind}/${pathSegment(id)}`;
}
