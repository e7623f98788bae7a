import { lines, message } from "../../apify/message";
import { ProviderError } from "../errors";
import type { Run } from "../../apify/schemas/run";
import type { Account } from "../account";
import type { TaskRunState } from "./state";

/** Whether a run that is not found is another user's, and so not gone. False when that cannot be told. */
export async function isOfOtherAccount({ client }: Account, run: Run): Promise<boolean> {
  if (!run.userId) return false;
  try {
    return (await client.getUser()).id !== run.userId;
  } catch {
    return false;
  }
}

/** Throws a `ProviderError` when what was to be stopped or deleted, and was not found, is another user's. */
export async function requireOwnAccount(account: Account, state: TaskRunState): Promise<void> {
  const { run, links, expired } = state;
  if (expired || !(await isOfOtherAccount(account, run))) return;
  throw new ProviderError(
    lines(
      message`Run ${run.id} belongs to another account than the token's, which can neither stop nor delete it: ${links.console}`,
      message`Set account, or apify:token, to that of the run and deploy, or set onDelete to "keep" to leave the run there.`,
    ),
  );
}
