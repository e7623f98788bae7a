import { messageOf } from "../../apify/errors";
import { lines, message } from "../../apify/message";
import { takeOver } from "./takeOverById";
import { PartialFailure, TaskRunError } from "../errors";
import { finish } from "./finish";
import { purgeReplaced } from "./purgeReplaced";
import { startRun } from "./startRun";
import { recordState } from "./state";
import type { RunRecord } from "../../run/runRecord";
import type { Account, Context } from "../context";
import type { FinishOptions } from "./finish";
import type { Asked, Inputs, TaskRunState } from "./state";

/**
 * Gets the run, by starting it or taking it over, and waits for it. Throws a `PartialFailure` when
 * the run outlives the wait, and a plain `TaskRunError` when there is no run or it did not succeed:
 * recording a failed run here would mark the last good one for deletion. What was deleted before its
 * successor had delivered (`deleteBeforeReplace`) is purged once that has.
 */
export async function create(context: Context, args: Inputs): Promise<TaskRunState> {
  const account = context.account(args.account);
  try {
    const { run, asked, isNew } =
      args.adoptRunId === undefined
        ? await startRun(context, account, args)
        : {
            run: await takeOver(context, account, args.actorTaskId, args.adoptRunId),
            asked: args,
            isNew: false,
          };
    context.memory.given(context.owner, run.id);
    return await recorded(context, account, asked, run, isNew ? "beginning" : "now");
  } finally {
    await purgeReplaced(context);
  }
}

/** The state after the run; whatever goes wrong from here on, its id is not lost. */
async function recorded(
  context: Context,
  account: Account,
  asked: Asked,
  run: RunRecord,
  logFrom: FinishOptions["logFrom"],
): Promise<TaskRunState> {
  try {
    const finished = await finish(context, account, asked, run, {
      timeLimitSecs: context.timeLimitSecs.create,
      logFrom,
    });
    if (finished.outcome === "failed") throw new TaskRunError(finished.message);
    return finished.state;
  } catch (error) {
    if (error instanceof TaskRunError) throw error;
    const state = recordState(asked, run, account);
    throw new PartialFailure(
      lines(
        message`Run ${run.id} was started, and then something unforeseen happened: ${messageOf(error)}`,
        message`See ${state.links.console}`,
        message`The next \`pulumi up\` waits for this same run; it starts no other.`,
      ),
      state,
    );
  }
}
