import { ApifyError, RequestError } from "../apify/errors";
import { lines, message } from "../apify/message";
import { ProviderError } from "../resources/errors";
import { ConfigurationError } from "../resources/config";
import { userMessage } from "../resources/userMessage";

/**
 * Runs an operation for which the engine may configure the host as the last `up` was, whatever the
 * user has set since: a refused token is then not the one that the user would check.
 * Source: https://github.com/pulumi/pulumi/issues/4981
 */
export async function withStoredConfig<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (!(error instanceof ApifyError) || error.status !== 401) throw error;
    throw new ProviderError(
      lines(
        userMessage(error),
        message`\`pulumi refresh\` and \`pulumi destroy\` use the token of the last \`pulumi up\`; with --run-program they use the one that is set now.`,
      ),
      { cause: error },
    );
  }
}

/**
 * Deletes a resource, and says how to be rid of it without Apify when Apify cannot be asked: a stack
 * must not be stuck with it.
 */
export async function withWayOut(
  urn: string | undefined,
  deletion: () => Promise<void>,
): Promise<void> {
  try {
    await deletion();
  } catch (error) {
    if (!isWithoutApify(error)) throw error;
    throw new ProviderError(
      lines(
        userMessage(error),
        message`To remove the resource without Apify and leave the run there: \`pulumi state delete '${urn ?? "<urn>"}'\`. Or set onDelete to "keep", and run \`pulumi up\` and then the deletion again.`,
      ),
      { cause: error },
    );
  }
}

function isWithoutApify(error: unknown): boolean {
  return [error, error instanceof Error ? error.cause : undefined].some(
    (each) => each instanceof RequestError || each instanceof ConfigurationError,
  );
}
