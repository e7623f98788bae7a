import { orUndefinedWhenMissing } from "../../apify/errors";
import { message } from "../../apify/message";
import { ProviderError } from "../errors";
import { isOfOtherAccount } from "../otherAccount";
import { reportPauses } from "../reportPauses";
import { ofOtherAccount } from "./taskMessages";
import type { TaskState } from "./state";
import type { TaskContext } from "./taskContext";

/** Applies `onDelete` to the task of a deleted Task. Its runs and their data stay. A task that no longer exists counts as deleted. */
export async function deleteTask(context: TaskContext, { args, facts }: TaskState): Promise<void> {
  const { onDelete = "delete" } = args;
  const { ledger, owner } = context;
  // In a destroy with a refresh every resource of the task is declared first, and the last one deletes it.
  ledger.recordGivenUp(owner, facts.id);
  if (onDelete === "keep") return;
  if (ledger.isInUse(owner, facts.id)) {
    context.report.line(message`Task ${facts.id} is kept: another resource of the stack uses it.`);
    return;
  }
  if (!isDelete(onDelete)) {
    // A later version may have given the value a meaning.
    context.report.line(
      message`Task ${facts.id} is kept: this version of pulumi-apify does not know \`onDelete\` ${JSON.stringify(onDelete)}.`,
    );
    return;
  }
  const account = context.account(args.account);
  const deleted = await orUndefinedWhenMissing(
    account.client.deleteTask(facts.id, reportPauses(context)).then(() => "deleted" as const),
  );
  if (deleted === undefined && (await isOfOtherAccount(account, facts))) {
    throw new ProviderError(ofOtherAccount(facts.id, facts.consoleUrl));
  }
}

/** A damaged state may hold any value. */
function isDelete(onDelete: unknown): boolean {
  return onDelete === "delete";
}
