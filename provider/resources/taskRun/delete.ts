import { orUndefinedWhenMissing } from "../../apify/errors";
import { message } from "../../apify/message";
import { isPromising } from "../../run/status";
import { requireOwnAccount } from "./otherAccount";
import { purge } from "./purge";
import { purgeLater } from "./deferredPurges";
import { reportPauses } from "../reportPauses";
import { isAlive } from "./state";
import type { Message } from "../../apify/message";
import type { Run } from "../../apify/schemas/run";
import type { Account } from "../account";
import type { TaskRunContext } from "./context";
import type { TaskRunState } from "./state";

/** Ends what a TaskRun stands for, as its `onDelete` says. What is gone already is done. */
export async function deleteTaskRun(context: TaskRunContext, state: TaskRunState): Promise<void> {
  const { onDelete = "abort" } = state;
  if (onDelete === "keep") return;
  const runId = state.run.id;
  if (context.ledger.isInUse(runId)) {
    context.report.line(message`Run ${runId} is left as it is: another resource has it now.`);
    return;
  }
  switch (onDelete) {
    case "abort":
      return abortIfGoing(context, state);
    case "purge":
      return purgeIfReplaced(context, state);
    default:
      context.report.line(unknownPolicy(state, onDelete));
  }
}

/** A later version, or whoever edited the state, may mean anything by it; what was deleted does not come back. */
function unknownPolicy({ run, links }: TaskRunState, onDelete: never): Message {
  return message`Run ${run.id} and its data are left as they are: this version of pulumi-apify does not know onDelete ${JSON.stringify(onDelete)}. See ${links.console}`;
}

/** Purges the run unless it may be the last good one, because what replaces it has not delivered. */
async function purgeIfReplaced(context: TaskRunContext, state: TaskRunState): Promise<void> {
  const { ledger, owner, report } = context;
  const verdict = ledger.decidePurge(owner, state.run.id);
  if (verdict.when === "now") {
    const account = context.account(state.account);
    return purge(context, account, state, await find(context, account, state));
  }
  if (verdict.when === "afterDelivery") {
    purgeLater(context, verdict.owner, state);
  } else {
    report.line(
      message`Run ${state.run.id} and its data are kept although onDelete is "purge": the run that replaced it has not succeeded.`,
    );
  }
  await abortIfGoing(context, state);
}

/** The run, if there is one; one that was going when last seen is aborted when it is not found. */
async function find(
  context: TaskRunContext,
  account: Account,
  state: TaskRunState,
): Promise<Run | undefined> {
  const found = await orUndefinedWhenMissing(
    account.client.getRun(state.run.id, reportPauses(context)),
  );
  if (found !== undefined || !isAlive(state)) return found;
  // A copy of Apify's data that lags may not know a new run yet. To abort one that is gone is harmless.
  return abort(context, account, state);
}

async function abortIfGoing(context: TaskRunContext, state: TaskRunState): Promise<void> {
  const account = context.account(state.account);
  const run = await find(context, account, state);
  if (run === undefined || !isPromising(run.status)) return;
  context.report.line(message`Aborting run ${run.id}, which is still going.`);
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
