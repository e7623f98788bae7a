import { z } from "zod";
import { invalidValue } from "../http/errors";
import { timestamp } from "./emulatorState";
import { generalAccessLevels } from "./storage";
import { journalStorage } from "./storages";
import { checkNameIsFree, checkStorageName } from "./storageName";
import type { EmulatorState } from "./emulatorState";
import type { Storage, StorageKind } from "./storage";

const storagePatch = z.object({
  name: z.string().nullable().optional(),
  title: z.string().nullable().optional(),
  generalAccess: z.enum(generalAccessLevels).optional(),
});

/** Changes the properties of a storage that the patch has; throws an ApiError if they are not valid. */
export function updateStorage(
  state: EmulatorState,
  kind: StorageKind,
  { storage, patch }: { readonly storage: Storage; readonly patch: unknown },
): void {
  const parsed = storagePatch.safeParse(patch);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalidValue(`Property "${issue?.path.join(".") ?? ""}": ${issue?.message ?? ""}`);
  }
  const { name, title, generalAccess } = parsed.data;
  if (typeof name === "string") {
    checkStorageName(name);
    checkNameIsFree(state[kind].values(), { storage, name });
  }
  if (name !== undefined) storage.name = name;
  if (title !== undefined) storage.title = title;
  if (generalAccess !== undefined) storage.generalAccess = generalAccess;
  storage.modifiedAt = timestamp(state);
  journalStorage(state, kind, storage);
}
