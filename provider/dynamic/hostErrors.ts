import { severalLines } from "../apify/message";
import { userMessage } from "../resources/userMessage";
import type { Message } from "../apify/message";
import type { FailedOperation } from "../resources/userMessage";

/** A resource that exists, although the operation on it failed. */
export interface RecordedResource {
  readonly id: string;
  /** All that the state has to hold: without `__provider` the resource could never be deleted. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * An error in the form that Pulumi's dynamic host understands. With a recorded resource it is that of a
 * resource that exists but is not ready.
 */
export function hostError(
  error: unknown,
  failed: FailedOperation,
  recorded?: RecordedResource,
): Error {
  const text = userMessage(error, failed) ?? stackOf(error);
  const shown = new HostError(text, error);
  return recorded === undefined ? shown : Object.assign(shown, { ...recorded, reasons: [text] });
}

/** For a bug of this package: whoever it is reported to needs its stack. */
function stackOf(error: unknown): Message {
  return severalLines(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/**
 * An error that shows its message alone. The host prints some errors itself, as `error: error.stack`,
 * besides handing them to the engine. Without a stack of its own, and with an empty text form, that print
 * is one short line.
 */
class HostError extends Error {
  override readonly name = "pulumi-apify";

  constructor(message: Message, cause: unknown) {
    super(message, { cause });
    this.stack = message.split("\n")[0] ?? "";
  }

  override toString(): string {
    return this.name;
  }
}
