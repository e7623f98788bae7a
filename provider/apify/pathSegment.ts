import { RequestError } from "./errors";
import { message } from "./message";

/** A text that cannot be an id in a path. Nothing was sent. */
export class ImpossibleIdError extends RequestError {
  override readonly name = "ImpossibleIdError";

  constructor(id: string) {
    super(
      message`Nothing was sent to Apify: "${id}" is not a possible id, name or key. Check where the program gets it from.`,
      {
        kind: "invalidRequest",
      },
    );
  }
}

/**
 * An id, a name or a key as one segment of a path. Throws an `ImpossibleIdError` for a text that is empty,
 * has control characters or half a surrogate pair, or would change the path: URL parsers remove `.` and `..`.
 */
export function pathSegment(id: string | undefined): string {
  // A program can pass an output that has no value.
  if (id === undefined) throw new ImpossibleIdError("undefined");
  if (id === "" || id === "." || id === ".." || /[\p{Cc}\p{Cs}]/u.test(id)) {
    throw new ImpossibleIdError(id);
  }
  return encodeURIComponent(id);
}
