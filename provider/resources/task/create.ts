import { orUndefinedWhenMissing } from "../../apify/errors";
import { message } from "../../apify/message";
import { taskConsoleUrl } from "../../apify/urls";
import { ProviderError } from "../errors";
import { reportPauses } from "../reportPauses";
import { createOnce } from "./createOnce";
import { stateOf } from "./state";
import { updateFields } from "./updateFields";
import { nameOf } from "./taskMessages";
import type { Task } from "../../apify/schemas/task";
import type { Account } from "../account";
import type { CheckedArgs, TaskState } from "./state";
import type { TaskContext } from "./taskContext";

/** Creates the task, or adopts the one that `adoptTaskId` names. Throws a `ProviderError` if there is none in the end. */
export async function create(context: TaskContext, args: CheckedArgs): Promise<TaskState> {
  const account = context.account(args.account);
  const { adoptTaskId, name } = args;
  const task =
    adoptTaskId === undefined
      ? await createOnce(context, account, { ...args, name: name ?? "" })
      : await adopt(context, account, args, adoptTaskId);
  context.ledger.recordUse(task.id);
  context.report.status(nameOf(task));
  return stateOf(args, task, account);
}

async function adopt(
  context: TaskContext,
  account: Account,
  args: CheckedArgs,
  taskId: string,
): Promise<Task> {
  const { client } = account;
  const task = await orUndefinedWhenMissing(client.getTask(taskId, reportPauses(context)));
  if (task === undefined) {
    throw new ProviderError(
      message`Task ${taskId} (\`adoptTaskId\`) cannot be adopted: it does not exist on Apify, or the token's account cannot see it. Nothing was created. Check \`adoptTaskId\` and the token.`,
    );
  }
  const actor = await orUndefinedWhenMissing(context.reads.actor(account, args.actorId));
  if (task.actId !== undefined && ![args.actorId, actor?.id].includes(task.actId)) {
    throw new ProviderError(
      message`Task ${nameOf(task)} (\`adoptTaskId\`) cannot be adopted: it is a task of Actor ${task.actId}, but \`actorId\` is "${args.actorId}", and Apify cannot move a task to another Actor. Nothing was changed. Correct \`adoptTaskId\` or \`actorId\`.`,
    );
  }
  const adopted = await updateFields(context, account, task, args, {});
  context.report.line(
    message`Task ${nameOf(adopted)} adopted (\`adoptTaskId\`): ${taskConsoleUrl(account.consoleUrl, task.id)}`,
  );
  return adopted;
}
