import { orUndefinedWhenMissing } from "../apify/errors";
import { hasEnded } from "../run/status";
import { refuseForeign } from "./foreign";
import { purge } from "./purge";
import { isAlive } from "./state";
import type { Run } from "../apify/schemas/run";
import type { Account, Context } from "./context";
import type { TaskRunState } from "./state";

/** Ends what a TaskRun stands for, as its `onDelete` says. What is gone already is done. */
export async function deleteTaskRun(context: Context, state: TaskRunState): Promise<void> {
  const wanted = state.onDelete ?? "abort";
  if (wanted === "keep") return;
  const runId = state.run.id;
  if (context.memory.isKept(runId)) {
    context.report.line(`Run ${runId} is left as it is: another resource has it now.`);
    return;
  }
  const account = context.account(state.account);
  const run = await orUndefinedWhenMissing(account.client.getRun(runId));
  if (wanted === "abort") {
    await abortIfGoing(context, account, state, run);
  } else if (context.memory.hasNoSuccessor(context.owner, runId)) {
    context.report.line(
      `Run ${runId} and its data are kept although onDelete is "purge": the run that replaced it has not succeeded.`,
    );
    await abortIfGoing(context, account, state, run);
  } else {
    await purge(context, account, state, run);
  }
}

/** Aborts a run that goes on or may do so. */
async function abortIfGoing(
  { report }: Context,
  account: Account,
  state: TaskRunState,
  run: Run | undefined,
): Promise<void> {
  const { id } = state.run;
  // A copy of Apify's data that lags may not know a new run yet. To abort one that is gone is harmless.
  const isGoing = run === undefined ? isAlive(state) : !hasEnded(run.status);
  if (!isGoing) return;
  if (run !== undefined) report.line(`Aborting run ${id}, which is still going.`);
  const aborted = await orUndefinedWhenMissing(account.client.abortRun(id));
  if (aborted === undefined) await refuseForeign(account, state);
}
