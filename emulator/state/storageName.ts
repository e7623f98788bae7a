import { ApiError, invalidValue } from "../http/errors";
import type { Storage } from "./storage";

const maxNameChars = 63;

/**
 * Checks the name of a storage; throws an ApiError. The text is Apify's, as users have reported it:
 * https://github.com/apify/crawlee-python/issues/1434
 */
export function checkStorageName(name: string): void {
  if (!/^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/.test(name)) {
    throw invalidValue(
      "Invalid value provided in store: name can only contain letters 'a' through 'z', the digits " +
        "'0' through '9', and the hyphen ('-') but only in the middle of the string (e.g. 'my-value-1')",
    );
  }
  if (name.length > maxNameChars) {
    throw invalidValue(
      `Invalid value provided in store: name must be at most ${maxNameChars} characters long`,
    );
  }
}

/** The storage of an account with this name. */
export function storageNamed<Stored extends Storage>(
  storages: Iterable<Stored>,
  { userId, name }: { readonly userId: string; readonly name: string },
): Stored | undefined {
  for (const storage of storages) {
    if (storage.name === name && storage.userId === userId) return storage;
  }
  return undefined;
}

/** Throws an ApiError if another storage of the same kind and account has this name. */
export function checkNameIsFree(
  storages: Iterable<Storage>,
  { storage, name }: { readonly storage: Storage; readonly name: string },
): void {
  const named = storageNamed(storages, { userId: storage.userId, name });
  if (named === undefined || named === storage) return;
  throw new ApiError("name-not-unique", { message: `The name "${name}" is already in use` });
}
