import { notFound } from "../http/errors";
import { param } from "../http/request";
import { timestamp } from "../state/emulatorState";
import type { AuthorizedRequest } from "../http/request";
import type { EmulatorState } from "../state/emulatorState";
import type { Storage } from "../state/entities";

/** Finds the storage in the path; throws a 404 if it belongs to another account. */
export function findStorage<Kind extends Storage>(
  state: EmulatorState,
  request: AuthorizedRequest,
  { among, called }: { among: ReadonlyMap<string, Kind>; called: string },
): Kind {
  const storage = among.get(param(request, "id"));
  if (storage?.userId !== request.caller.user.id) throw notFound(called);
  storage.accessedAt = timestamp(state);
  return storage;
}

/** The fields of all storages in the API. */
export function storageView(storage: Storage, path: string): object {
  return {
    id: storage.id,
    name: null,
    title: null,
    userId: storage.userId,
    createdAt: storage.createdAt,
    modifiedAt: storage.modifiedAt,
    accessedAt: storage.accessedAt,
    actId: storage.actId,
    actRunId: storage.runId,
    generalAccess: "FOLLOW_USER_SETTING",
    consoleUrl: `https://console.apify.com/storage/${path}/${storage.id}`,
  };
}
