import { ApiError, notFound } from "../http/errors";
import { findStorage, touchStorage } from "../state/storages";
import { storageKinds } from "./storageKinds";
import type { ApiRequest } from "../http/request";
import type { EmulatorState } from "../state/emulatorState";
import type { Storage, StorageByKind, StorageKind } from "../state/storage";

/** What decides who may use an endpoint. */
export interface Guarded<Stored extends Storage> {
  readonly method: string;
  /** Whether the request needs no token, because its URL is signed. */
  readonly isSigned?: (storage: Stored, request: ApiRequest) => boolean;
}

/** The storage that a request wants, and the endpoint that it wants it for. */
export interface Attempt<Kind extends StorageKind> {
  readonly kind: Kind;
  /** Its id, `username~name` or `~name`. */
  readonly reference: string;
  readonly endpoint: Guarded<StorageByKind[Kind]>;
}

/**
 * The storage that a request wants, if it may have it. Its owner may do everything; others may read
 * what is shared: https://docs.apify.com/platform/collaboration/general-resource-access
 *
 * @throws ApiError, 401 if a token might help, else 404
 */
export function accessStorage<Kind extends StorageKind>(
  state: EmulatorState,
  request: ApiRequest,
  { kind, reference, endpoint }: Attempt<Kind>,
): StorageByKind[Kind] {
  const user = request.caller?.user;
  const storage = findStorage(state, kind, { reference, user });
  if (storage !== undefined) {
    const { method, isSigned } = endpoint;
    const isRead = method === "GET" || method === "HEAD";
    const isShared = isSharedBy(reference, storage) || (isSigned?.(storage, request) ?? false);
    if (user?.id === storage.userId || (isRead && isShared)) {
      touchStorage(state, storage);
      return storage;
    }
  }
  if (user === undefined) throw new ApiError("token-not-provided");
  throw notFound(storageKinds[kind].title);
}

function isSharedBy(reference: string, { generalAccess }: Storage): boolean {
  if (generalAccess === "ANYONE_WITH_NAME_CAN_READ") return true;
  return generalAccess === "ANYONE_WITH_ID_CAN_READ" && !reference.includes("~");
}
