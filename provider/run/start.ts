import { ApifyError } from "../apify/errors";
import type { ApifyClient } from "../apify/client";
import type { ApifyNoAnswerError } from "../apify/errors";
import type { Run } from "../apify/schemas/run";
import type { StartOptions } from "../apify/startTaskRun";

/** A start, and for the two endings without a run the words for the user. */
export type Start =
  | { readonly outcome: "started"; readonly runId: string; readonly run: Run | undefined }
  | { readonly outcome: "refused"; readonly message: string }
  | { readonly outcome: "unknown"; readonly message: string };

/** Starts a run with exactly one request. */
export async function start(
  client: Pick<ApifyClient, "startTaskRun">,
  options: StartOptions,
): Promise<Start> {
  const result = await client.startTaskRun(options);
  switch (result.outcome) {
    case "started":
      return result;
    case "refused":
      return {
        outcome: "refused",
        message: `Nothing was started. ${result.error.message}${remedy(result.error, options)}`,
      };
    case "unknown":
      return {
        outcome: "unknown",
        message: [
          `It is not known whether a run of task ${options.actorTaskId} was started: the one start request was sent, and ${result.error.message}`,
          "Look at the task's newest runs in Apify Console before running `pulumi up` again, which starts a run.",
        ].join("\n"),
      };
  }
}

/** What to do about a refusal, for the refusals users meet most. */
function remedy(error: ApifyError | ApifyNoAnswerError, options: StartOptions): string {
  if (!(error instanceof ApifyError)) {
    return "\nCheck apify:baseUrl (or APIFY_API_BASE_URL) and the network.";
  }
  const approvalUrl = (error.data as { approvalUrl?: unknown } | null | undefined)?.approvalUrl;
  if (typeof approvalUrl === "string") return `\nApprove the Actor's permissions: ${approvalUrl}`;
  if (error.status === 401) return "\nCheck apify:token (or APIFY_TOKEN).";
  if (error.status === 404) {
    return `\nCheck actorTaskId "${options.actorTaskId}", and that the token's account can see this task.`;
  }
  if (error.type === "unknown-build-tag" || error.type === "build-not-found") {
    return `\nCheck build "${options.build ?? "(the task's own)"}": the Actor has no such build.`;
  }
  if (error.status === 403)
    return "\nCheck what the token may do: it needs Run on the Actor and Read on the task.";
  return "";
}
