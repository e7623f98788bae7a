import { lines, message } from "../../apify/message";
import { TaskRunError } from "../errors";
import type { RunRecord } from "../../run/runRecord";
import type { Account } from "../context";
import type { TaskRunState } from "./state";

/** Whether a run that is not found is another user's, and so not gone. False when that cannot be told. */
export async function isForeign({ client }: Account, run: RunRecord): Promise<boolean> {
  if (!run.userId) return false;
  try {
    return (await client.getUser()).id !== run.userId;
  } catch {
    return false;
  }
}

/** Throws a `TaskRunError` when what was to be stopped or deleted, and was not found, is another user's. */
export async function refuseForeign(account: Account, state: TaskRunState): Promise<void> {
  const { run, links, expired } = state;
  if (expired || !(await isForeign(account, run))) return;
  throw new TaskRunError(
    lines(
      message`Run ${run.id} belongs to another account than the token's, which can neither stop nor delete it: ${links.console}`,
      message`Set account, or apify:token, to that of the run and deploy, or set onDelete to "keep" to leave the run there.`,
    ),
  );
}
