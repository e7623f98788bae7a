import { orUndefinedWhenMissing } from "../../apify/errors";
import { message } from "../../apify/message";
import { isPromising } from "../../run/status";
import { refuseForeign } from "./ofOtherAccount";
import { purge } from "./purge";
import { purgeLater } from "./purgeReplaced";
import { showingPauses } from "../showPause";
import { isAlive } from "./state";
import type { Message } from "../../apify/message";
import type { Run } from "../../apify/schemas/run";
import type { Account, Context } from "../context";
import type { TaskRunState } from "./state";

/** Ends what a TaskRun stands for, as its `onDelete` says. What is gone already is done. */
export async function deleteTaskRun(context: Context, state: TaskRunState): Promise<void> {
  const { onDelete = "abort" } = state;
  if (onDelete === "keep") return;
  const runId = state.run.id;
  if (context.memory.isKept(runId)) {
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
async function purgeIfReplaced(context: Context, state: TaskRunState): Promise<void> {
  const { memory, owner, report } = context;
  const verdict = memory.purgeVerdict(owner, state.run.id);
  if (verdict.purge === "now") {
    const account = context.account(state.account);
    return purge(context, account, state, await find(context, account, state));
  }
  if (verdict.purge === "onceDelivered") {
    purgeLater(context, verdict.by, state);
  } else {
    report.line(
      message`Run ${state.run.id} and its data are kept although onDelete is "purge": the run that replaced it has not succeeded.`,
    );
  }
  await abortIfGoing(context, state);
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

async function abortIfGoing(context: Context, state: TaskRunState): Promise<void> {
  const account = context.account(state.account);
  const run = await find(context, account, state);
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
