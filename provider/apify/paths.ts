import { RequestError } from "./errors";
import { message } from "./message";

/** An id that cannot stand in the path of a request, so that nothing was sent. */
export class ImpossibleIdError extends RequestError {
  override readonly name = "ImpossibleIdError";

  constructor(id: string) {
    super(message`Nothing was sent to Apify, because "${id}" cannot be an id, a name or a key.`, {
      kind: "notSent",
    });
  }
}

/**
 * An id, a name or a key as one segment of a path. Throws an `ImpossibleIdError` for one that would
 * lead elsewhere: URL parsers take out `.` and `..`, and what is empty or has control characters or
 * half a surrogate pair is no id.
 */
export function pathSegment(id: string | undefined): string {
  // A program may hand on an output that is not there.
  if (id === undefined) throw new ImpossibleIdError("undefined");
  if (id === "" || id === "." || id === ".." || /[\p{Cc}\p{Cs}]/u.test(id)) {
    throw new ImpossibleIdError(id);
  }
  return encodeURIComponent(id);
}
