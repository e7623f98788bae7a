import { messageOf, orUndefinedWhenMissing } from "../../apify/errors";
import { lines, message } from "../../apify/message";
import { runConsoleUrl } from "../../apify/urls";
import { ProviderError } from "../errors";
import { runDeferredPurges } from "./deferredPurges";
import { PartialFailure } from "../partialFailure";
import { outputsAreKept } from "./failedRunMessage";
import { userMessage } from "../userMessage";
import { obtainRun } from "./obtainRun";
import { stateOf } from "./state";
import { waitForResult } from "./waitForResult";
import type { Account } from "../account";
import type { TaskRunContext } from "./taskRunContext";
import type { ObtainedRun } from "./obtainRun";
import type { CheckedArgs, TaskRunState } from "./state";

/**
 * Gets the run, by starting, finding or adopting it, and waits for it. Throws a `PartialFailure` if the run
 * outlives the wait, and another `ProviderError` if there is no run or the run is not good: recording a
 * failed run here would mark the last good one for deletion. At the end it purges the runs of resources
 * that the engine deleted before this create (`deleteBeforeReplace`).
 */
export async function create(context: TaskRunContext, args: CheckedArgs): Promise<TaskRunState> {
  const account = context.account(args.account);
  const { adoptRunId } = args;
  try {
    const obtained = await withNoteOnOutputs(context, () =>
      adoptRunId === undefined
        ? obtainRun(context, account, args)
        : adopt(context, account, args, adoptRunId),
    );
    context.ledger.recordRun(context.owner, obtained.run.id);
    return await resultOf(context, account, obtained);
  } finally {
    await runDeferredPurges(context);
  }
}

/** Adds to an error that the outputs stay, if a run is to be replaced and so there are any. */
async function withNoteOnOutputs(
  { ledger, owner }: TaskRunContext,
  obtain: () => Promise<ObtainedRun>,
): Promise<ObtainedRun> {
  try {
    return await obtain();
  } catch (error) {
    const text = userMessage(error);
    if (text === undefined || ledger.runToReplace(owner) === undefined) throw error;
    throw new ProviderError(lines(text, outputsAreKept), { cause: error });
  }
}

/** Adopts the run that `adoptRunId` names. Throws a `ProviderError` unless it is a run of the task. */
async function adopt(
  context: TaskRunContext,
  { client, consoleUrl }: Account,
  args: CheckedArgs,
  runId: string,
): Promise<ObtainedRun> {
  const { actorTaskId } = args;
  const run = await orUndefinedWhenMissing(client.getRun(runId));
  if (run === undefined) {
    throw new ProviderError(
      message`Run ${runId} (\`adoptRunId\`) cannot be adopted: it does not exist on Apify, or the token's account cannot see it. Nothing was started. Check \`adoptRunId\` and the token.`,
    );
  }
  const task = await orUndefinedWhenMissing(client.getTask(actorTaskId));
  if (task === undefined || task.id !== run.actorTaskId) {
    const origin = run.actorTaskId
      ? `is a run of task ${run.actorTaskId}`
      : "was not started from a task";
    const problem =
      task === undefined
        ? `task "${actorTaskId}" (\`actorTaskId\`) does not exist, or the token's account cannot see it`
        : `it ${origin}, but \`actorTaskId\` "${actorTaskId}" is task ${task.id}`;
    throw new ProviderError(
      message`Run ${runId} (\`adoptRunId\`) cannot be adopted: ${problem}. Nothing was started. Correct \`adoptRunId\` or \`actorTaskId\`.`,
    );
  }
  context.report.line(
    message`Run ${runId} adopted (\`adoptRunId\`): ${runConsoleUrl(consoleUrl, run)}`,
  );
  return { run, args, isNew: false };
}

/** Waits for the run, and returns the state. Whatever goes wrong from here on, the run's id is recorded. */
async function resultOf(
  context: TaskRunContext,
  account: Account,
  { run, args, isNew }: ObtainedRun,
): Promise<TaskRunState> {
  try {
    const result = await waitForResult(context, account, args, run, {
      timeLimitSecs: context.timeLimitSecs.create,
      logFrom: isNew ? "beginning" : "now",
    });
    if (result.outcome === "failed") throw new ProviderError(result.message);
    return result.state;
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    const state = stateOf(args, run, account);
    throw new PartialFailure(
      lines(
        message`Run ${run.id} exists, but then an unexpected error occurred: ${messageOf(error)}`,
        message`See ${state.links.console}`,
        message`The next \`pulumi up\` waits for this run; it does not start another.`,
      ),
      state,
    );
  }
}
