import { ApifyError } from "../../apify/errors";
import { ProviderError } from "../errors";
import { reportPauses } from "../reportPauses";
import { changedFields } from "./taskFields";
import { takenNewName } from "./taskMessages";
import type { Task } from "../../apify/schemas/task";
import type { Account } from "../account";
import type { FieldArgs } from "./taskFields";
import type { TaskContext } from "./taskContext";

/** Makes a task what is declared; `before` holds what was declared last. Sends no request if it is that already. */
export async function updateFields(
  context: TaskContext,
  { client }: Account,
  task: Task,
  args: FieldArgs,
  before: FieldArgs,
): Promise<Task> {
  const fields = changedFields(task, args, before);
  if (Object.keys(fields).length === 0) return task;
  try {
    return await client.updateTask(task.id, fields, reportPauses(context));
  } catch (error) {
    if (error instanceof ApifyError && error.subject === "takenName" && fields.name !== undefined) {
      throw new ProviderError(takenNewName(task, fields.name));
    }
    throw error;
  }
}
