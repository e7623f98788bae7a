import { storageKinds } from "./storageKinds";
import type { EmulatorState } from "../state/emulatorState";
import type { Storage, StorageKind } from "../state/storage";

/** The fields of all storages in the API. */
export function storageView(state: EmulatorState, kind: StorageKind, storage: Storage): object {
  return {
    id: storage.id,
    name: storage.name,
    title: storage.title,
    userId: storage.userId,
    username: state.users.find(({ id }) => id === storage.userId)?.username ?? null,
    createdAt: storage.createdAt,
    modifiedAt: storage.modifiedAt,
    accessedAt: storage.accessedAt,
    actId: storage.actId,
    actRunId: storage.runId,
    generalAccess: storage.generalAccess,
    consoleUrl: `${state.url}/storage/${storageKinds[kind].path}/${storage.id}`,
  };
}
