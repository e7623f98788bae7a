import { created, ok } from "../http/answer";
import { invalidValue } from "../http/errors";
import { listPageOf } from "../http/listPage";
import { booleanParam } from "../http/query";
import { route } from "../http/router";
import { createStorage, findStorage, storagesOf } from "../state/storages";
import { storageKinds } from "./storageKinds";
import type { Answer } from "../http/answer";
import type { AuthorizedRequest } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { Storage, StorageByKind, StorageKind } from "../state/storage";

/** How a kind of storage looks alone and in a list. */
export interface StorageViews<Stored> {
  readonly view: (storage: Stored) => unknown;
  readonly listItem: (storage: Stored) => unknown;
}

/**
 * The name of an unnamed dataset or queue in lists. The documents type it as a string, and the Python
 * client refuses null; the example in the documents is an id.
 */
export function listedName({ name, id }: Storage): string {
  return name ?? id;
}

/** The list of the account's storages, and get or create by name, which all kinds have. */
export function collectionRoutes<Kind extends StorageKind>(
  state: EmulatorState,
  kind: Kind,
  { view, listItem }: StorageViews<StorageByKind[Kind]>,
): Route[] {
  const path = `/v2/${storageKinds[kind].path}`;
  return [
    route(`GET ${path}`, ({ query, caller }) => {
      const unnamed = booleanParam(query, "unnamed") ?? false;
      const owned = wantsOwned(query) ? storagesOf(state, kind, caller.user) : [];
      const listed = owned.filter(({ name }) => unnamed || name !== null);
      return ok({ ...listPageOf(listed, query, listItem), unnamed });
    }),
    route(`POST ${path}`, (request) => getOrCreate(state, kind, request, view)),
  ];
}

function getOrCreate<Kind extends StorageKind>(
  state: EmulatorState,
  kind: Kind,
  { query, caller: { user, run } }: AuthorizedRequest,
  view: (storage: StorageByKind[Kind]) => unknown,
): Answer {
  const given = query.get("name") ?? "";
  const name = given === "" ? null : given;
  const existing = name && findStorage(state, kind, { reference: `~${name}`, user });
  if (existing) return ok(view(existing));
  const creator = { actId: run?.run.actId ?? null, runId: run?.run.id ?? null };
  const storage = createStorage(state, kind, { userId: user.id, ...creator, name });
  const location = `${state.url}/v2/${storageKinds[kind].path}/${storage.id}`;
  return created(view(storage), { Location: location });
}

/** Whether the list has the account's own storages. Here, nobody shares storages with an account. */
function wantsOwned(query: URLSearchParams): boolean {
  const ownership = query.get("ownership") ?? "ownedByMe";
  if (ownership === "ownedByMe" || ownership === "sharedWithMe") return ownership === "ownedByMe";
  throw invalidValue('Parameter "ownership" must be ownedByMe or sharedWithMe');
}
