import { ApifyError, orUndefinedWhenMissing, RequestError } from "../../apify/errors";
import { message, sentences } from "../../apify/message";
import { nearNames } from "./nearNames";
import { containsUnknown } from "../unknown";
import type { Message } from "../../apify/message";
import type { Args } from "./argumentTable";
import type { Account } from "../account";
import type { TaskRunContext } from "./taskRunContext";

/** A short limit, since a start would report the same problem later. */
const retryOptions = { withinSecs: 5 } as const;

/**
 * Reports that Apify would refuse to start the run because its task, or the task's Actor, does not exist,
 * so that a preview shows it. A failed read is not reported unless Apify refuses the token or cannot be reached: the
 * start would report the failure.
 */
export async function reportMissingTask(context: TaskRunContext, args: Args): Promise<void> {
  const { actorTaskId, adoptRunId } = args;
  if (adoptRunId !== undefined) return;
  if (containsUnknown([actorTaskId, args.account], context.isUnknown)) return;
  const problem = await problemOfTask(context, context.account(args.account), args);
  if (problem !== undefined) context.report.line(problem);
}

async function problemOfTask(
  { reads }: TaskRunContext,
  account: Account,
  { actorTaskId, trackBuild, trackTask }: Args,
): Promise<Message | undefined> {
  try {
    const task = await orUndefinedWhenMissing(reads.task(account, actorTaskId, retryOptions));
    if (task === undefined) {
      const suggestion = await suggestionFor(reads, account, actorTaskId);
      // The tracker has already reported that the task does not exist.
      if ((trackBuild === true || trackTask === true) && suggestion === undefined) {
        return undefined;
      }
      const problem = message`Task ${actorTaskId} was not found: it does not exist, or the token's account cannot see it.`;
      return suggestion === undefined ? problem : sentences(problem, suggestion);
    }
    if (task.actId === undefined) return undefined;
    const actor = await orUndefinedWhenMissing(reads.actor(account, task.actId, retryOptions));
    return actor === undefined
      ? message`Task ${actorTaskId} exists, but its Actor ${task.actId} was deleted, or the token's account cannot see it, so no run can be started. Set \`actorTaskId\` to a task of another Actor, or use a token of an account that can see this one.`
      : undefined;
  } catch (error) {
    return isLasting(error)
      ? message`Could not check whether task ${actorTaskId} exists: ${error.message}`
      : undefined;
  }
}

/** Whether Apify refused the token or could not be reached at all, problems that may not pass with time. */
function isLasting(error: unknown): error is RequestError {
  return error instanceof ApifyError
    ? error.status === 401 || error.status === 403
    : error instanceof RequestError && error.kind === "unreachable";
}

async function suggestionFor(
  reads: TaskRunContext["reads"],
  account: Account,
  actorTaskId: string,
): Promise<Message | undefined> {
  try {
    const tasks = await reads.ownTasks(account, retryOptions);
    const names = tasks.map(({ username, name }) => `${username ?? ""}~${name}`);
    const near = nearNames(actorTaskId, names);
    return near.length === 0 ? undefined : message`Did you mean ${near.join(" or ")}?`;
  } catch {
    return undefined;
  }
}
