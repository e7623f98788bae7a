import { message, severalLines } from "../apify/message";
import { userMessage } from "../resources/userMessage";
import type { Message } from "../apify/message";
import type { FailedOperation } from "../resources/userMessage";
import type { Problem } from "../resources/validate";

/** A resource that exists, although the operation on it failed. */
export interface RecordedResource {
  readonly id: string;
  /** The complete properties to record: without `__provider` the resource could never be deleted. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A problem of an argument as Pulumi takes it. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/**
 * Converts an error to the form that Pulumi's dynamic host understands, and the native plugin as well. With `recorded`, it
 * tells the host that the resource exists but is not ready (Pulumi's partial failure).
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

/** The text for a bug of this package, with the stack, which a bug report needs. */
function stackOf(error: unknown): Message {
  return severalLines(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/**
 * An error that shows only its message. The host prints some errors itself, with their stack, in addition to
 * passing them to the engine. With a one-line `stack` and a short `toString`, it prints one short line.
 */
class HostError extends Error {
  override readonly name = "pulumi-apify";

  constructor(text: Message, cause: unknown) {
    super(text, { cause });
    this.stack = text.split("\n")[0] ?? "";
  }

  override toString(): string {
    return this.name;
  }
}

/**
 * Converts a problem of an argument to Pulumi's form. The engine prints the whole value of the property that a failure names,
 * even 10 MB of input, and `<nil>` if that property is not at the top level. So the property is named in the reason instead.
 */
export function checkFailure({ property, reason }: Problem): CheckFailure {
  return { property: "", reason: property === "" ? reason : message`\`${property}\` ${reason}` };
}
