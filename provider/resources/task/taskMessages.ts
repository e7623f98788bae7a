import { adviceOn } from "../../apify/advice";
import { ApifyError } from "../../apify/errors";
import { lines, message } from "../../apify/message";
import { taskConsoleUrl } from "../../apify/urls";
import type { RequestError } from "../../apify/errors";
import type { Message } from "../../apify/message";
import type { Task } from "../../apify/schemas/task";
import type { Account } from "../account";

/** A task as errors name it, such as: `janedoe~price-scraper (HG7ML7M8z78YcAPEB)`. Pure. */
export function nameOf({ id, name, username }: Pick<Task, "id" | "name" | "username">): Message {
  if (!name) return message`${id}`;
  return message`${username ? `${username}~` : ""}${name} (${id})`;
}

/** Another task has the name that the new one should get. Pure. */
export function takenName(name: string, taken: Task, { consoleUrl }: Account): Message {
  return lines(
    message`No task was created: the account already has a task named "${name}", ${taken.id}, and it was not changed.`,
    message`See ${taskConsoleUrl(consoleUrl, taken.id)}`,
    message`To manage that task with this resource, set \`adoptTaskId: "${taken.id}"\`, also if an earlier deployment that was interrupted created it. To create another task, choose another \`name\`.`,
    message`If it is the task that this deployment replaces because of \`--replace\`, set the resource option \`deleteBeforeReplace\`: Pulumi does not tell which task that is.`,
  );
}

/** Another task has the name that the task should get. Pure. */
export function takenNewName(task: Task, name: string): Message {
  return message`Task ${nameOf(task)} was not changed: the account already has a task named "${name}". Choose another \`name\`, or rename that task.`;
}

/** Apify refused to create a task. Pure. */
export function notCreated(actorId: string, error: RequestError): Message {
  const isMissingActor = error instanceof ApifyError && error.kind === "notFound";
  return lines(
    message`No task was created. ${error.message}`,
    isMissingActor
      ? message`Check \`actorId\` "${actorId}", and that the account that the token in ${error.setup.tokenFrom} belongs to can see this Actor.`
      : adviceOn(error),
  );
}

/** The responses to the create were lost, and looking for the task did not tell whether it exists. Pure. */
export function maybeCreated(name: string, reason: string): Message {
  return lines(
    message`Task "${name}" may have been created: Apify's response was lost, and then ${reason}.`,
    message`The next \`pulumi up\` looks for it by its name before it creates one.`,
  );
}

/** The task that an update should change no longer exists. Pure. */
export function goneBeforeUpdate(taskId: string): Message {
  return message`Task ${taskId} is no longer on Apify, so it was not changed. Run \`pulumi up\` again: it creates the task anew.`;
}

/** The task belongs to another account than the token. Pure. */
export function ofOtherAccount(taskId: string, consoleUrl: string | undefined): Message {
  return lines(
    message`Task ${taskId} belongs to another account, so this token can neither change nor delete it: ${consoleUrl ?? ""}`,
    message`Set \`account\` or apify:token so that the task's account is used, and run \`pulumi up\` again. To leave the task there instead, set \`onDelete\` to "keep", run \`pulumi up\`, and delete the resource again.`,
  );
}
