import { message } from "../../apify/message";
import { readWhenThere } from "../../run/readRun";
import { TaskRunError } from "../errors";
import { isForeign } from "./ofOtherAccount";
import { showingPauses } from "../showPause";
import { isAlive, recordState } from "./state";
import type { Context } from "../context";
import type { Asked, TaskRunState } from "./state";

/**
 * Pauses in seconds before a run that was going on counts as gone: it may be new, and unknown yet to
 * some copies of Apify's data. One that was seen to end is older than that.
 */
const newRunPauses = [1, 2, 4, 8] as const;

/**
 * Reads the run again. One that Apify no longer knows keeps all that was recorded of it, marked
 * `expired`, since dropping it would cost a rerun; one that was never recorded is an error.
 */
export async function read(
  context: Context,
  runId: string,
  recorded: Partial<TaskRunState>,
): Promise<TaskRunState> {
  const account = context.account(recorded.account);
  const mayBeNew = recorded.run !== undefined && isAlive(recorded as TaskRunState);
  const run = await readWhenThere({
    client: account.client,
    clock: context.clock,
    runId,
    pauses: mayBeNew ? newRunPauses : [],
    ...showingPauses(context),
    signal: context.signal,
  });
  if (run !== undefined) {
    // An existing run that is read for the first time has no arguments.
    const args = recorded.run === undefined ? { actorTaskId: run.actorTaskId ?? "" } : {};
    return recordState({ ...args, ...recorded } as Asked, run, account);
  }
  if (recorded.run === undefined) {
    throw new TaskRunError(
      message`Run ${runId} was not found on Apify. Check the id, that the run has not expired, and that apify:token is of an account that can see it.`,
    );
  }
  if (!recorded.expired && (await isForeign(account, recorded.run))) {
    context.report.line(
      message`Run ${runId} belongs to another account than the token's, which cannot see it. What was recorded of it is kept as it is. Check account, and apify:token.`,
    );
    return recorded as TaskRunState;
  }
  if (!recorded.expired) {
    context.report.line(
      message`Run ${runId} is gone from Apify, as runs are after the account's retention period. What was recorded of it is kept, marked as expired.`,
    );
  }
  return { ...(recorded as TaskRunState), expired: true };
}
