import { orUndefinedWhenMissing } from "../../apify/errors";
import { message } from "../../apify/message";
import { canStillSucceed } from "../../run/status";
import { reportPauses } from "../reportPauses";
import { requireOwnAccount } from "./requireOwnAccount";
import { notPurged, purge } from "./purge";
import { isLive } from "./state";
import type { Message } from "../../apify/message";
import type { Run } from "../../apify/schemas/run";
import type { Account } from "../account";
import type { TaskRunContext } from "./taskRunContext";
import type { TaskRunState } from "./state";

/** Applies `onDelete` to the run of a deleted TaskRun. A run that no longer exists counts as deleted. */
export async function deleteTaskRun(context: TaskRunContext, state: TaskRunState): Promise<void> {
  const { onDelete = "abort" } = state;
  if (onDelete === "keep") return;
  const runId = state.run.id;
  if (context.ledger.isInUse(runId)) {
    context.report.line(message`Run ${runId} is kept: the stack still uses it.`);
    return;
  }
  switch (onDelete) {
    case "abort":
      return abortIfRunning(context, state);
    case "purge":
      return purgeUnlessNeeded(context, state);
    default:
      context.report.line(unknownPolicy(state, onDelete));
  }
}

/** A later version may have given the value a meaning, and deleted data cannot be restored. So nothing is deleted. */
function unknownPolicy({ run, links }: TaskRunState, onDelete: never): Message {
  return message`Run ${run.id} and its data are kept: this version of pulumi-apify does not know \`onDelete\` ${JSON.stringify(onDelete)}. See ${links.console}`;
}

const deleteAgain = message`Delete the resource again to retry. To leave the rest on Apify instead, set \`onDelete\` to "keep", run \`pulumi up\`, and then delete it.`;

/** Purges the run, unless it may be the last good one because the run that replaces it is not good (yet). */
async function purgeUnlessNeeded(context: TaskRunContext, state: TaskRunState): Promise<void> {
  const { ledger, owner, report } = context;
  const { id } = state.run;
  const decision = ledger.decidePurge(owner, id);
  if (decision.when === "now") {
    const account = context.account(state.account);
    return purge(context, account, state, await findRun(context, account, state), deleteAgain);
  }
  if (decision.when === "afterDelivery") {
    ledger.deferPurge(decision.owner, state);
    report.line(
      message`Run ${id} and its data are not purged yet (\`onDelete: "purge"\`): this deployment purges them once the run that replaces it is good.`,
    );
  } else {
    report.line(notPurged(state));
  }
  await abortIfRunning(context, state);
}

/** Reads the run; `undefined` if Apify does not have it. If it is not found but had not ended when it was last read, it is aborted. */
async function findRun(
  context: TaskRunContext,
  account: Account,
  state: TaskRunState,
): Promise<Run | undefined> {
  const found = await orUndefinedWhenMissing(
    account.client.getRun(state.run.id, reportPauses(context)),
  );
  if (found !== undefined || !isLive(state)) return found;
  // A replica of Apify's data may not have a new run yet. Aborting a run that no longer exists does no harm.
  return abort(context, account, state);
}

async function abortIfRunning(context: TaskRunContext, state: TaskRunState): Promise<void> {
  const account = context.account(state.account);
  const run = await findRun(context, account, state);
  if (run === undefined || !canStillSucceed(run.status)) return;
  context.report.line(message`Aborting run ${run.id}, which is still running.`);
  await abort(context, account, state);
}

async function abort(
  context: TaskRunContext,
  account: Account,
  state: TaskRunState,
): Promise<Run | undefined> {
  const aborted = await orUndefinedWhenMissing(
    account.client.abortRun(state.run.id, "at once", reportPauses(context)),
  );
  if (aborted === undefined) await requireOwnAccount(account, state);
  return aborted;
}
