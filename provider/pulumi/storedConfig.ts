import { ApifyError } from "../apify/errors";
import { lines, message } from "../apify/message";
import { TaskRunError } from "../lifecycle/errors";
import { userMessage } from "./userMessage";

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
    throw new TaskRunError(
      lines(
        userMessage(error),
        message`\`pulumi refresh\` and \`pulumi destroy\` use the apify:token of the last \`pulumi up\`; with --run-program they use the one that is set now.`,
      ),
    );
  }
}
