import { noContent, ok } from "../http/answer";
import { objectBody, param } from "../http/request";
import { openRoute } from "../http/router";
import { deleteStorage } from "../state/storages";
import { updateStorage } from "../state/updateStorage";
import { findRun } from "./runs";
import { accessStorage } from "./storageAccess";
import { storageKinds } from "./storageKinds";
import type { Answer } from "../http/answer";
import type { ApiRequest } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { Storage, StorageByKind, StorageKind } from "../state/storage";
import type { Guarded } from "./storageAccess";

/** An endpoint of a storage. It is the same at every path that leads to the storage. */
export interface StorageEndpoint<Stored extends Storage> extends Guarded<Stored> {
  /** Below the path of the storage, such as `/items`. */
  readonly path: string;
  readonly handle: (storage: Stored, request: ApiRequest) => Answer;
  /** Requests per second. */
  readonly rateLimit?: number;
}

/** Get, update and delete, which all storages have. */
export function commonEndpoints<Kind extends StorageKind>(
  state: EmulatorState,
  kind: Kind,
  view: (storage: StorageByKind[Kind]) => unknown,
): StorageEndpoint<StorageByKind[Kind]>[] {
  return [
    { method: "GET", path: "", handle: (storage) => ok(view(storage)) },
    {
      method: "PUT",
      path: "",
      handle: (storage, request) => {
        updateStorage(state, kind, { storage, patch: objectBody(request) ?? {} });
        return ok(view(storage));
      },
    },
    {
      method: "DELETE",
      path: "",
      handle: ({ id }) => {
        deleteStorage(state, kind, id);
        return noContent();
      },
    },
  ];
}

/** The routes of endpoints: below the storage's own path, and below that of the run that has it. */
export function storageRoutes<Kind extends StorageKind>(
  state: EmulatorState,
  kind: Kind,
  endpoints: readonly StorageEndpoint<StorageByKind[Kind]>[],
): Route[] {
  return locationsOf(state, kind).flatMap(({ path, referenceIn }) =>
    endpoints.map((endpoint) =>
      openRoute(
        `${endpoint.method} ${path}${endpoint.path}`,
        (request) => {
          const reference = referenceIn(request);
          const storage = accessStorage(state, request, { kind, reference, endpoint });
          return endpoint.handle(storage, request);
        },
        endpoint,
      ),
    ),
  );
}

/** A path that leads to a storage. */
interface Location {
  readonly path: string;
  /** The id or the name of the storage. */
  readonly referenceIn: (request: ApiRequest) => string;
}

function locationsOf(state: EmulatorState, kind: StorageKind): Location[] {
  const { path, runPath, defaultId } = storageKinds[kind];
  return [
    { path: `/v2/${path}/:id`, referenceIn: (request) => param(request, "id") },
    {
      path: `/v2/actor-runs/:id/${runPath}`,
      referenceIn: (request) => findRun(state, request).run[defaultId],
    },
  ];
}
