import { adviceOn } from "../apify/advice";
import { ApifyError, RequestError } from "../apify/errors";
import { lines, message } from "../apify/message";
import { ConfigurationError, ProviderError } from "./errors";
import type { Message } from "../apify/message";

/** The operations on a resource, as Pulumi calls them. */
export type OperationName = "check" | "diff" | "create" | "read" | "update" | "delete";

/** What a resource manages. */
export type Noun = "run" | "task";

/** A failed operation and its resource. */
export interface FailedOperation {
  readonly operation: OperationName;
  readonly noun: Noun;
  readonly urn?: string | undefined;
}

/**
 * The text that the user gets for a foreseen error, with advice that depends on the operation; `undefined`
 * for any other error, which is a bug and keeps its stack. Pure.
 */
export function userMessage(error: unknown, failed?: FailedOperation): Message | undefined {
  const text =
    error instanceof ProviderError
      ? error.message
      : error instanceof RequestError
        ? lines(error.message, adviceOn(error))
        : undefined;
  if (text === undefined || failed === undefined) return text;
  return lines(text, oldTokenAdvice(error, failed), deletionAdvice(error, failed));
}

/**
 * For these operations the engine may use the configuration of the last `up`, whatever the user has set
 * since. The refused token may then differ from the token that the user would check.
 * Source: https://github.com/pulumi/pulumi/issues/4981
 */
function oldTokenAdvice(error: unknown, { operation }: FailedOperation): Message | undefined {
  if (operation !== "read" && operation !== "delete") return undefined;
  if (!(error instanceof ApifyError) || error.status !== 401) return undefined;
  return message`\`pulumi refresh\` and \`pulumi destroy\` use the token of the last \`pulumi up\`. To use the token that is configured now, add --run-program.`;
}

/** Tells how to remove a resource from the stack even if Apify cannot be asked to delete what it manages. */
function deletionAdvice(
  error: unknown,
  { operation, noun, urn }: FailedOperation,
): Message | undefined {
  if (operation !== "delete") return undefined;
  const cause = error instanceof Error ? error.cause : undefined;
  if (!isWithoutApify(error) && !isWithoutApify(cause)) return undefined;
  return message`To remove the resource without asking Apify, and leave the ${noun} as it is: \`pulumi state delete '${urn ?? "<urn>"}'\`. Or set \`onDelete\` to "keep", run \`pulumi up\`, and delete the resource again.`;
}

/** Whether an operation failed because Apify could not be reached, or refused the request. */
function isWithoutApify(error: unknown): boolean {
  return error instanceof RequestError || error instanceof ConfigurationError;
}
