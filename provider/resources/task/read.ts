import { message } from "../../apify/message";
import { ProviderError } from "../errors";
import { lookUp } from "./lookUp";
import { stateOf } from "./state";
import { allFields, declaredPart } from "./taskFields";
import type { TaskState } from "./state";
import type { TaskContext } from "./taskContext";

/**
 * Reads the task again, and puts what it has into the arguments, so that a refresh shows edits in the words of
 * the program. Fields that the program does not declare are left out; `"gone"` if Apify no longer has the task.
 */
export async function read(context: TaskContext, recorded: TaskState): Promise<TaskState | "gone"> {
  const { args, facts } = recorded;
  const account = context.account(args.account);
  const task = await lookUp(context, account, facts);
  if (task === "otherAccount") {
    context.report.line(
      message`Task ${facts.id} belongs to another account, so this token cannot read it. Its outputs are kept unchanged. Check \`account\` and apify:token.`,
    );
    return recorded;
  }
  if (task === "missing") {
    context.report.line(
      message`Task ${facts.id} is no longer on Apify. The next \`pulumi up\` creates it again, with a new id.`,
    );
    return "gone";
  }
  // `actorId` may be a name, and stays as the program writes it.
  return stateOf({ ...args, ...declaredPart(task, args) }, task, account);
}

/** Reads a task that no deployment has recorded, with all its fields. Throws a `ProviderError` if there is none. */
export async function readUnrecorded(
  context: TaskContext,
  { args, facts: { id } }: TaskState,
): Promise<TaskState> {
  const account = context.account(args.account);
  const task = await lookUp(context, account, { id });
  if (typeof task !== "object") {
    throw new ProviderError(
      message`Task ${id} was not found on Apify. Check the id, and that the token in ${account.tokenFrom} belongs to an account that can see the task.`,
    );
  }
  return stateOf({ ...args, ...allFields(task), actorId: task.actId ?? "" }, task, account);
}
