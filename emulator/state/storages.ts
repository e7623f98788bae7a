import { timestamp } from "./emulatorState";
import { checkStorageName, storageNamed } from "./storageName";
import type { EmulatorState } from "./emulatorState";
import type { User } from "./entities";
import type { Storage, StorageByKind, StorageKind, StorageMaps } from "./storage";

/** The owner of a storage, and the Actor's run that creates it. */
export interface StorageOwner {
  readonly userId: string;
  readonly actId: string | null;
  readonly runId: string | null;
}

/** The ids of a run's default storages. */
export interface DefaultStorages {
  readonly datasetId: string;
  readonly keyValueStoreId: string;
  readonly requestQueueId: string;
}

/** Creates the three default storages of a run. */
export function createDefaultStorages(state: EmulatorState, owner: StorageOwner): DefaultStorages {
  return {
    datasetId: createStorage(state, "datasets", owner).id,
    keyValueStoreId: createStorage(state, "keyValueStores", owner).id,
    requestQueueId: createStorage(state, "requestQueues", owner).id,
  };
}

/** Creates an empty storage; throws an ApiError if its name is not valid. */
export function createStorage<Kind extends StorageKind>(
  state: EmulatorState,
  kind: Kind,
  { userId, actId, runId, name = null }: StorageOwner & { readonly name?: string | null },
): StorageByKind[Kind] {
  if (name !== null) checkStorageName(name);
  const now = timestamp(state);
  const storage = emptyStorage[kind]({
    id: state.newId(),
    ...{ userId, actId, runId, name },
    title: null,
    generalAccess: "FOLLOW_USER_SETTING",
    ...{ createdAt: now, modifiedAt: now, accessedAt: now },
    urlSigningSecretKey: state.newId() + state.newId(),
  });
  mapOf(state, kind).set(storage.id, storage);
  journalStorage(state, kind, storage);
  return storage;
}

/** Adds a storage that an earlier emulator has stored, still without its contents. */
export function restoreStorage(state: EmulatorState, kind: StorageKind, stored: Storage): void {
  mapOf(state, kind).set(stored.id, emptyStorage[kind](stored));
}

/** Records a new storage, or new properties of one. */
export function journalStorage(
  state: EmulatorState,
  storageKind: StorageKind,
  { id, userId, actId, runId, name, title, generalAccess, ...rest }: Storage,
): void {
  const { createdAt, modifiedAt, accessedAt, urlSigningSecretKey } = rest;
  const storage = {
    ...{ id, userId, actId, runId, name, title, generalAccess },
    ...{ createdAt, modifiedAt, accessedAt, urlSigningSecretKey },
  };
  state.journal({ kind: "storage", storageKind, storage });
}

/** Deletes a storage; does nothing if there is none. */
export function deleteStorage(state: EmulatorState, kind: StorageKind, id: string): void {
  if (state[kind].delete(id)) state.journal({ kind: "storageDeleted", storageKind: kind, id });
}

/** Deletes a storage whose retention period is over, unless it has a name. */
export function expireStorage(state: EmulatorState, kind: StorageKind, id: string): void {
  // https://docs.apify.com/platform/storage#named-and-unnamed-storages
  if (state[kind].get(id)?.name === null) deleteStorage(state, kind, id);
}

/** Records that a storage was read or written. */
export function touchStorage(state: EmulatorState, storage: Storage): void {
  storage.accessedAt = timestamp(state);
}

/** Finds a storage of any account by its id, by `username~name`, or by `~name` for the user's own. */
export function findStorage<Kind extends StorageKind>(
  state: EmulatorState,
  kind: Kind,
  { reference, user }: { readonly reference: string; readonly user: User | undefined },
): StorageByKind[Kind] | undefined {
  const storages = mapOf(state, kind);
  const tilde = reference.indexOf("~");
  if (tilde === -1) return storages.get(reference);
  const [username, name] = [reference.slice(0, tilde), reference.slice(tilde + 1)];
  const owner = username === "" ? user : state.users.find((each) => each.username === username);
  return owner && storageNamed(storages.values(), { userId: owner.id, name });
}

/** The storages of an account, oldest first. */
export function storagesOf<Kind extends StorageKind>(
  state: EmulatorState,
  kind: Kind,
  user: User,
): StorageByKind[Kind][] {
  return [...mapOf(state, kind).values()].filter(({ userId }) => userId === user.id);
}

function mapOf<Kind extends StorageKind>(
  maps: StorageMaps,
  kind: Kind,
): Map<string, StorageByKind[Kind]> {
  return maps[kind];
}

const emptyStorage: {
  readonly [Kind in StorageKind]: (stored: Storage) => StorageByKind[Kind];
} = {
  datasets: (stored) => ({ ...stored, items: [], fields: new Map() }),
  keyValueStores: (stored) => ({
    ...stored,
    records: new Map(),
    sortedKeys: [],
    ...{ storageBytes: 0, writeCount: 0, deleteCount: 0 },
  }),
  requestQueues: (stored) => stored,
};
