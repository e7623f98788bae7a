import { ProviderError } from "../errors";
import { lookUp } from "./lookUp";
import { stateOf } from "./state";
import { goneBeforeUpdate, ofOtherAccount } from "./taskMessages";
import { updateFields } from "./updateFields";
import type { CheckedArgs, TaskState } from "./state";
import type { TaskContext } from "./taskContext";

/** Puts the declared values into the task. Throws a `ProviderError` if the task is gone, or another account's. */
export async function update(
  context: TaskContext,
  before: TaskState,
  args: CheckedArgs,
): Promise<TaskState> {
  const account = context.account(args.account);
  const { facts } = before;
  const task = await lookUp(context, account, facts);
  if (task === "missing") throw new ProviderError(goneBeforeUpdate(facts.id));
  if (task === "otherAccount") {
    throw new ProviderError(ofOtherAccount(facts.id, facts.consoleUrl));
  }
  context.ledger.recordUse(task.id);
  return stateOf(args, await updateFields(context, account, task, args, before.args), account);
}
