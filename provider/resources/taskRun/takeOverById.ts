import { orUndefinedWhenMissing } from "../../apify/errors";
import { message } from "../../apify/message";
import { runConsoleUrl } from "../../apify/urls";
import { ProviderError } from "../errors";
import type { Run } from "../../apify/schemas/run";
import type { Account } from "../account";
import type { TaskRunContext } from "./context";

/** Takes over the run that `adoptRunId` names. Throws a `ProviderError` unless it is a run of the task. */
export async function takeOver(
  context: TaskRunContext,
  { client, consoleUrl }: Account,
  actorTaskId: string,
  runId: string,
): Promise<Run> {
  const run = await orUndefinedWhenMissing(client.getRun(runId));
  if (run === undefined) {
    throw new ProviderError(
      message`adoptRunId "${runId}": Apify has no such run, or the token's account cannot see it. Nothing was started.`,
    );
  }
  const task = await orUndefinedWhenMissing(client.getTask(actorTaskId));
  if (task === undefined || task.id !== run.actorTaskId) {
    const problem =
      task === undefined
        ? `the task ${actorTaskId} does not exist, or the token's account cannot see it`
        : `it is a run of ${run.actorTaskId ? `task ${run.actorTaskId}` : "no task"}, and actorTaskId "${actorTaskId}" is task ${task.id}`;
    throw new ProviderError(
      message`adoptRunId "${runId}" cannot be taken over: ${problem}. Nothing was started.`,
    );
  }
  context.report.line(
    message`Run ${runId} taken over (adoptRunId): ${runConsoleUrl(consoleUrl, run)}`,
  );
  return run;
}
