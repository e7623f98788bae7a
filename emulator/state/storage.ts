import type { JsonObject } from "../json";

/** Who can read a storage without being its owner. */
export const generalAccessLevels = [
  "FOLLOW_USER_SETTING",
  "RESTRICTED",
  "ANYONE_WITH_ID_CAN_READ",
  "ANYONE_WITH_NAME_CAN_READ",
] as const;

/** One of {@link generalAccessLevels}. The setting of every account here is "restricted". */
export type GeneralAccess = (typeof generalAccessLevels)[number];

/** The fields that all storages have. */
export interface Storage {
  readonly id: string;
  readonly userId: string;
  /** The Actor and the run that created it; null if an API client did. */
  readonly actId: string | null;
  readonly runId: string | null;
  /** Unique among the account's storages of the same kind. */
  name: string | null;
  title: string | null;
  generalAccess: GeneralAccess;
  readonly createdAt: string;
  modifiedAt: string;
  accessedAt: string;
  /** With it, Apify signs URLs that anybody can read the data with. */
  readonly urlSigningSecretKey: string;
}

/** An item of a dataset, and what all items up to it amount to. */
export interface StoredItem {
  readonly value: JsonObject;
  /** Epoch milliseconds; not earlier than that of the item before. */
  readonly at: number;
  /** How many of the items up to this one are not empty. */
  readonly cleanCount: number;
  /** The size of the items up to this one as JSON. */
  readonly bytes: number;
}

/** A dataset. */
export interface Dataset extends Storage {
  readonly items: StoredItem[];
  /** Each field with the index of the first item that has it, in this order. */
  readonly fields: Map<string, number>;
}

/** A record of a key-value store. */
export interface StoredRecord {
  readonly contentType: string;
  readonly body: Buffer;
}

/** A key-value store. */
export interface KeyValueStore extends Storage {
  readonly records: Map<string, StoredRecord>;
  /** The keys of the records, in the order in which they are listed. */
  readonly sortedKeys: string[];
  /** The total size of the records. */
  storageBytes: number;
  writeCount: number;
  deleteCount: number;
}

/** The storages of each kind. A request queue holds no requests. */
export interface StorageByKind {
  datasets: Dataset;
  keyValueStores: KeyValueStore;
  requestQueues: Storage;
}

/** A kind of storage. */
export type StorageKind = keyof StorageByKind;

/** All storages by kind and id, in the order of their creation. */
export type StorageMaps = {
  readonly [Kind in StorageKind]: Map<string, StorageByKind[Kind]>;
};
