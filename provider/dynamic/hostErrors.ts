import { severalLines } from "../apify/message";
import { PartialFailure } from "../resources/taskRun/partialFailure";
import { everythingShown } from "../engine/rowStatus";
import { userMessage } from "../resources/userMessage";
import { toStored } from "./stored";
import { splitHidden } from "../engine/hidden";
import type { Message } from "../apify/message";

/**
 * Runs an operation and gives its errors the form that Pulumi's dynamic host understands. An error
 * with an `id` is a resource that exists but is not ready; its properties must hold all that was
 * there, `__provider` included, or it can never be deleted.
 */
export async function inTheHost<T>(
  properties: Record<string, unknown>,
  operation: () => T | Promise<T>,
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof PartialFailure) {
      throw Object.assign(new HostError(error.message), {
        id: error.state.run.id,
        properties: toStored(error.state, splitHidden(properties).hidden),
        reasons: [error.message],
      });
    }
    const shown = userMessage(error);
    throw new HostError(shown ?? unforeseen(error));
  } finally {
    await everythingShown();
  }
}

/** A bug of this package: its stack is of use to whoever is told about it. */
function unforeseen(error: unknown): Message {
  return severalLines(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/**
 * An error whose text is all there is to say. The host prints some errors itself, as
 * `error: error.stack`, besides handing them to the engine: without a stack of its own, and with
 * an empty text form, that print is one short line.
 */
class HostError extends Error {
  override readonly name = "pulumi-apify";

  constructor(message: Message) {
    super(message);
    this.stack = message.split("\n")[0] ?? "";
  }

  override toString(): string {
    return this.name;
  }
}
