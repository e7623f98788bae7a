import { orUndefinedWhenMissing } from "../apify/errors";
import { hasEnded } from "../run/status";
import { purge } from "./purge";
import type { Context } from "./context";
import type { TaskRunState } from "./state";

/** Ends what a TaskRun stands for, as its `onDelete` says. What is gone already is done. */
export async function deleteTaskRun(context: Context, state: TaskRunState): Promise<void> {
  const wanted = state.onDelete ?? "abort";
  if (wanted === "keep") return;
  const runId = state.run.id;
  if (context.memory.isKept(context.owner, runId)) {
    context.report.line(`Run ${runId} is left as it is: another resource has it now.`);
    return;
  }
  const isLastGood = wanted === "purge" && context.memory.hasNoSuccessor(context.owner);
  if (isLastGood) {
    context.report.line(
      `Run ${runId} and its data are kept although onDelete is "purge": the run that replaced it did not succeed.`,
    );
  }
  const policy = isLastGood ? "abort" : wanted;
  const account = context.account(state.account);
  const run = await orUndefinedWhenMissing(account.client.getRun(runId));
  if (policy === "purge") {
    await purge(context, account, state, run);
  } else if (run && !hasEnded(run.status)) {
    context.report.line(`Aborting run ${runId}, which is still going.`);
    await orUndefinedWhenMissing(account.client.abortRun(runId));
  }
}
