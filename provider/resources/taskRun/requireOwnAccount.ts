import { lines, message } from "../../apify/message";
import { ProviderError } from "../errors";
import { isOfOtherAccount } from "../otherAccount";
import type { Account } from "../account";
import type { TaskRunState } from "./state";

/** Throws a `ProviderError` if a run that could not be found, to stop or delete it, belongs to another user. */
export async function requireOwnAccount(account: Account, state: TaskRunState): Promise<void> {
  const { run, links, expired } = state;
  if (expired || !(await isOfOtherAccount(account, run))) return;
  throw new ProviderError(
    lines(
      message`Run ${run.id} belongs to another account, so this token can neither abort nor delete it: ${links.console}`,
      message`Set \`account\` or apify:token so that the run's account is used, and run \`pulumi up\` again. To leave the run there instead, set \`onDelete\` to "keep", run \`pulumi up\`, and delete the resource again.`,
    ),
  );
}
