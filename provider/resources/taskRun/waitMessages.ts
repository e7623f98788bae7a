import { lines, message, sentences } from "../../apify/message";
import { describeRun } from "../../run/describeRun";
import { wasRead } from "../../run/runRecord";
import type { Message } from "../../apify/message";
import type { TaskRunState } from "./state";

/** The wait is over, and the run is still running. */
export function stillRunningMessage(state: TaskRunState, reason: string): Message {
  return lines(
    sentences(message`Run ${state.run.id} is still running; stopped waiting: ${reason}`),
    lastRead(state),
    message`The next \`pulumi up\` waits for this run; it does not start another.`,
  );
}

/** Apify does not seem to have the run any more. */
export function notFoundMessage(state: TaskRunState, reason: string): Message {
  return lines(
    sentences(message`Stopped waiting for run ${state.run.id}: ${reason}`),
    lastRead(state),
    message`If the run was deleted, run \`pulumi refresh\` and then \`pulumi up\`, which runs the task again. Otherwise run \`pulumi up\`: it waits for this run.`,
  );
}

function lastRead({ run, links }: TaskRunState): Message {
  return lines(
    wasRead(run)
      ? message`Its status when it was last read: ${describeRun(run)}`
      : message`It has not been read yet.`,
    message`See ${links.console}`,
  );
}

/** The run was started without a wait, and could not be read. */
export function neverReadMessage({ run, links }: TaskRunState): Message {
  return lines(
    message`Run ${run.id} was started, but could not be read, so its outputs are not known yet.`,
    message`See ${links.console}`,
    message`The next \`pulumi up\` reads this run; it does not start another.`,
  );
}
