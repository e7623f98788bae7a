import { orUndefinedWhenMissing } from "../apify/errors";
import { message } from "../apify/message";
import { isPromising } from "../run/status";
import { refuseForeign } from "./foreign";
import { purge } from "./purge";
import { showingPauses } from "./showPause";
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
    context.report.line(message`Run ${runId} is left as it is: another resource has it now.`);
    return;
  }
  const account = context.account(state.account);
  const run = await find(context, account, state);
  if (wanted === "abort") {
    await abortIfGoing(context, account, state, run);
  } else if (context.memory.hasNoSuccessor(context.owner, runId)) {
    context.report.line(
      message`Run ${runId} and its data are kept although onDelete is "purge": the run that replaced it has not succeeded.`,
    );
    await abortIfGoing(context, account, state, run);
  } else {
    await purge(context, account, state, run);
  }
}

/** The run, if there is one; one that was going when last seen is aborted when it is not found. */
async function find(
  context: Context,
  account: Account,
  state: TaskRunState,
): Promise<Run | undefined> {
  const found = await orUndefinedWhenMissing(
    account.client.getRun(state.run.id, showingPauses(context)),
  );
  if (found !== undefined || !isAlive(state)) return found;
  // A copy of Apify's data that lags may not know a new run yet. To abort one that is gone is harmless.
  return abort(context, account, state);
}

async function abortIfGoing(
  context: Context,
  account: Account,
  state: TaskRunState,
  run: Run | undefined,
): Promise<void> {
  if (run === undefined || !isPromising(run.status)) return;
  context.report.line(message`Aborting run ${run.id}, which is still going.`);
  await abort(context, account, state);
}

async function abort(
  context: Context,
  account: Account,
  state: TaskRunState,
): Promise<Run | undefined> {
  const aborted = await orUndefinedWhenMissing(
    account.client.abortRun(state.run.id, "at once", showingPauses(context)),
  );
  if (aborted === undefined) await refuseForeign(account, state);
  return aborted;
}
