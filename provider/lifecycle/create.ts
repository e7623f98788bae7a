import { runConsoleUrl } from "../apify/urls";
import { start } from "../run/start";
import { waits } from "./diff";
import { TaskRunError, messageOf } from "./errors";
import { finish } from "./finish";
import { recordState } from "./state";
import type { Args } from "./args";
import type { Account, Context } from "./context";
import type { TaskRunState } from "./state";
import type { Run } from "../apify/schemas/run";

/**
 * Starts a run and waits for it. Throws a `PartialFailure` when the run outlives the wait, and a
 * plain `TaskRunError` when it was not started or did not succeed: recording a failed run here
 * would mark the last good one for deletion.
 */
export async function create(context: Context, args: Args): Promise<TaskRunState> {
  const account = context.account();
  const run = await startRun(context, account, args);
  if (!waits(args)) return recordState(args, run, account);
  const finished = await finish(context, account, args, run, context.timeLimitSecs.create);
  if (finished.outcome === "failed") throw new TaskRunError(finished.message);
  return finished.state;
}

async function startRun(context: Context, account: Account, args: Args): Promise<Run> {
  context.report.status(`starting task ${args.actorTaskId}`);
  const started = await start(account.client, {
    actorTaskId: args.actorTaskId,
    inputJson: args.input === undefined ? undefined : JSON.stringify(args.input),
    build: args.build,
    timeoutSecs: args.timeoutSecs,
    memoryMbytes: args.memoryMbytes,
    maxItems: args.maxItems,
    maxTotalChargeUsd: args.maxTotalChargeUsd,
    restartOnError: args.restartOnError,
    webhooks: args.webhooks,
  });
  if (started.outcome !== "started") throw new TaskRunError(started.message);
  const link = runConsoleUrl(account.consoleUrl, started.run ?? { id: started.runId });
  context.report.line(`Run ${started.runId} started: ${link}`);
  return started.run ?? readStarted(account, started.runId, link);
}

/** The start was accepted but only the run's id came through. */
async function readStarted(account: Account, runId: string, link: string): Promise<Run> {
  try {
    return await account.client.getRun(runId);
  } catch (error) {
    throw new TaskRunError(
      `Run ${runId} was started but cannot be read: ${messageOf(error)}\nSee ${link}`,
    );
  }
}
