import { ApifyError } from "../apify/errors";
import { remedyOf } from "../apify/remedy";
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
        message:
          `Nothing was started. ${result.error.message}\n${remedy(result.error, options)}`.trimEnd(),
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

/** What to do about a refusal: what is peculiar to a start, or else what helps with any request. */
function remedy(error: ApifyError | ApifyNoAnswerError, options: StartOptions): string {
  if (error instanceof ApifyError) {
    if (error.status === 404) {
      return `Check actorTaskId "${options.actorTaskId}", and that the token's account can see this task.`;
    }
    if (error.type === "unknown-build-tag" || error.type === "build-not-found") {
      return `Check build "${options.build ?? "(the task's own)"}": the Actor has no such build.`;
    }
    if (error.type === "insufficient-permissions") {
      return "The token needs Run on the task's Actor and Read on the task.";
    }
  }
  return remedyOf(error);
}
