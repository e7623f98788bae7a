import { takeOver } from "./adoptRun";
import { TaskRunError } from "./errors";
import { finish } from "./finish";
import { startRun } from "./startRun";
import type { Context } from "./context";
import type { Inputs, TaskRunState } from "./state";

/**
 * Gets the run, by starting it or taking it over, and waits for it. Throws a `PartialFailure` when
 * the run outlives the wait, and a plain `TaskRunError` when there is no run or it did not succeed:
 * recording a failed run here would mark the last good one for deletion.
 */
export async function create(context: Context, args: Inputs): Promise<TaskRunState> {
  const account = context.account(args.account);
  const { run, asked, isNew } =
    args.adoptRunId === undefined
      ? await startRun(context, account, args)
      : {
          run: await takeOver(context, account, args.actorTaskId, args.adoptRunId),
          asked: args,
          isNew: false,
        };
  context.memory.given(context.owner, run.id);
  const finished = await finish(context, account, asked, run, {
    timeLimitSecs: context.timeLimitSecs.create,
    logFrom: isNew ? "beginning" : "now",
  });
  if (finished.outcome === "failed") throw new TaskRunError(finished.message);
  return finished.state;
}
