import type { StorageKind } from "../state/storage";

/** How the API names a kind of storage. */
interface KindNames {
  /** In its own path. */
  readonly path: string;
  /** In the path of a run. */
  readonly runPath: string;
  /** In the run itself. */
  readonly defaultId: "defaultDatasetId" | "defaultKeyValueStoreId" | "defaultRequestQueueId";
  /** In the text of an error. */
  readonly title: string;
}

/** The names of each kind of storage. */
export const storageKinds: Readonly<Record<StorageKind, KindNames>> = {
  datasets: {
    path: "datasets",
    runPath: "dataset",
    defaultId: "defaultDatasetId",
    title: "Dataset",
  },
  keyValueStores: {
    path: "key-value-stores",
    runPath: "key-value-store",
    defaultId: "defaultKeyValueStoreId",
    title: "Key-value Store",
  },
  requestQueues: {
    path: "request-queues",
    runPath: "request-queue",
    defaultId: "defaultRequestQueueId",
    title: "Request Queue",
  },
};
