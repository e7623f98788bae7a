import { lines, message } from "../../apify/message";
import { ProviderError } from "../errors";
import type { RunRecord } from "../../run/runRecord";
import type { Account } from "../account";
import type { TaskRunState } from "./state";

/** Whether a run that the token cannot find belongs to another user. False if that cannot be checked. */
export async function isOfOtherAccount({ client }: Account, run: RunRecord): Promise<boolean> {
  if (!run.userId) return false;
  try {
    return (await client.getUser()).id !== run.userId;
  } catch {
    return false;
  }
}

/** Throws a `ProviderError` if a run that could not be found, to stop or delete it, belongs to another user. */
export async function requireOwnAccount(account: Account, state: TaskRunState): Promise<void> {
  const { run, links, expired } = state;
  if (expired || !(await isOfOtherAccount(account, run))) return;
  throw new ProviderError(
    lines(
      message`Run ${run.id} belongs to another account, so this token can neither stop nor delete it: ${links.console}`,
      message`Set account or apify:token to the run's account and run \`pulumi up\`, or set onDelete to "keep" to leave the run there.`,
    ),
  );
}
