import { waits } from "./diff";
import { PartialFailure } from "./errors";
import { finish } from "./finish";
import { isAlive } from "./state";
import type { Args } from "./args";
import type { Context } from "./context";
import type { TaskRunState } from "./state";

/**
 * Resumes the wait for a run that was still going, or stores new arguments; it never starts a run.
 * A run that turns out not to have succeeded is recorded all the same (`PartialFailure`): otherwise
 * the state would say RUNNING for ever. The next deployment reruns because of it.
 */
export async function update(
  context: Context,
  state: TaskRunState,
  args: Args,
): Promise<TaskRunState> {
  const { run, links, expired } = state;
  if (!isAlive(state) || !waits(args)) return { ...args, run, links, expired };
  context.report.line(`Waiting on for run ${run.id}: ${links.console}`);
  const finished = await finish(
    context,
    context.account(),
    args,
    run,
    context.timeLimitSecs.update,
  );
  if (finished.outcome === "failed") throw new PartialFailure(finished.message, finished.state);
  return finished.state;
}
