import { orUndefinedWhenMissing } from "../../apify/errors";
import { isOfOtherAccount } from "../otherAccount";
import { reportPauses } from "../reportPauses";
import type { RetryOptions } from "../../apify/apiRequest";
import type { Task } from "../../apify/schemas/task";
import type { Account } from "../account";
import type { TaskContext } from "./taskContext";
import type { TaskFacts } from "./state";

/** What a read of a recorded task found. `otherAccount`: it belongs to another account than the token. */
export type Found = Task | "missing" | "otherAccount";

/** Pauses in seconds before a task counts as deleted: some replicas of Apify's data may not have a new one yet. */
const pauses = [1, 2] as const;

/** Reads a recorded task. Throws a `RequestError` if Apify does not say whether it exists. */
export async function lookUp(
  context: TaskContext,
  account: Account,
  facts: TaskFacts,
  limits: RetryOptions = {},
): Promise<Found> {
  const read = (): Promise<Task | undefined> =>
    orUndefinedWhenMissing(
      account.client.getTask(facts.id, { ...reportPauses(context), ...limits }),
    );
  let task = await read();
  for (const pause of pauses) {
    if (task !== undefined || context.signal?.aborted) break;
    await context.clock.sleep(pause * 1000, context.signal);
    task = await read();
  }
  if (task !== undefined) return task;
  return (await isOfOtherAccount(account, facts)) ? "otherAccount" : "missing";
}
