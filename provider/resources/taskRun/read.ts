import { message } from "../../apify/message";
import { readExistingRun } from "../../run/readRun";
import { ProviderError } from "../errors";
import { isOfOtherAccount } from "../otherAccount";
import { reportPauses } from "../reportPauses";
import { isLive, stateOf } from "./state";
import type { TaskRunContext } from "./taskRunContext";
import type { CheckedArgs, TaskRunState } from "./state";

/**
 * Pauses in seconds before a run that has not ended counts as deleted: it may be so new that some replicas
 * of Apify's data do not have it yet.
 */
const newRunPauses = [1, 2, 4, 8] as const;

/** The recorded properties before the first read by `TaskRun.get`: at most arguments. */
type NotRecorded = Partial<CheckedArgs> & { readonly run?: undefined };

/**
 * Reads the run again. If Apify no longer has it, the recorded state stays, with `expired` set: dropping it
 * would cause a rerun. Throws a `ProviderError` if a run that was never recorded is not found.
 */
export async function read(
  context: TaskRunContext,
  runId: string,
  recorded: TaskRunState | NotRecorded,
): Promise<TaskRunState> {
  const account = context.account(recorded.account);
  const mayBeNew = recorded.run !== undefined && isLive(recorded);
  const run = await readExistingRun({
    client: account.client,
    clock: context.clock,
    runId,
    pauses: mayBeNew ? newRunPauses : [],
    ...reportPauses(context),
    signal: context.signal,
  });
  if (run !== undefined) {
    return recorded.run === undefined
      ? stateOf({ actorTaskId: run.actorTaskId ?? "", ...recorded }, run, account)
      : stateOf(recorded, run, account);
  }
  if (recorded.run === undefined) {
    throw new ProviderError(
      message`Run ${runId} was not found on Apify. Check the id, and that the token in ${account.tokenFrom} belongs to an account that can see the run. Apify deletes runs after the account's retention period.`,
    );
  }
  if (!recorded.expired && (await isOfOtherAccount(account, recorded.run))) {
    context.report.line(
      message`Run ${runId} belongs to another account, so this token cannot read it. Its outputs are kept unchanged. Check \`account\` and apify:token.`,
    );
    return recorded;
  }
  if (!recorded.expired) {
    context.report.line(
      message`Run ${runId} is no longer on Apify, which deletes runs after the account's retention period. Its outputs are kept, and \`expired\` is true.`,
    );
  }
  return { ...recorded, expired: true };
}
