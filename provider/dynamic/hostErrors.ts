import { severalLines } from "../apify/message";
import { PartialFailure } from "../resources/errors";
import { userMessage } from "../resources/userMessage";
import { serializeState } from "./storedState";
import type { Message } from "../apify/message";
import type { HiddenInputs } from "../engine/hiddenInputs";
import type { OperationName } from "../resources/userMessage";

/** The operation that failed. */
interface FailedOperation {
  readonly name: OperationName;
  readonly urn?: string | undefined;
  readonly hidden: HiddenInputs;
}

/**
 * An error in the form that Pulumi's dynamic host understands. One with an `id` is a resource that exists
 * but is not ready; its properties must hold all that the host handed over, `__provider` included, or the
 * resource can never be deleted.
 */
export function hostError(error: unknown, { name, urn, hidden }: FailedOperation): Error {
  if (error instanceof PartialFailure) {
    return Object.assign(new HostError(error.message, error), {
      id: error.state.run.id,
      properties: serializeState(error.state, hidden),
      reasons: [error.message],
    });
  }
  return new HostError(userMessage(error, { operation: name, urn }) ?? stackOf(error), error);
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
