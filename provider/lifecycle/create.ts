import { runConsoleUrl } from "../apify/urls";
import { firstSight } from "../run/firstSight";
import { runKey } from "../run/runKey";
import { start } from "../run/start";
import { takeOver } from "./adoptRun";
import { TaskRunError } from "./errors";
import { finish } from "./finish";
import type { Args } from "./args";
import type { Account, Context } from "./context";
import type { TaskRunState } from "./state";
import type { Run } from "../apify/schemas/run";

/** Seconds to wait for room in the account when `startWaitSecs` does not say. */
const defaultStartWaitSecs = 300;

/**
 * Gets the run, by starting it or taking it over, and waits for it. Throws a `PartialFailure` when
 * the run outlives the wait, and a plain `TaskRunError` when there is no run or it did not succeed:
 * recording a failed run here would mark the last good one for deletion.
 */
export async function create(context: Context, args: Args): Promise<TaskRunState> {
  const account = context.account();
  const run =
    args.adoptRunId === undefined
      ? await startRun(context, account, args)
      : await takeOver(context, account, args.actorTaskId, args.adoptRunId);
  context.memory.given(context.owner, run.id);
  const finished = await finish(context, account, args, run, context.timeLimitSecs.create);
  if (finished.outcome === "failed") throw new TaskRunError(finished.message);
  return finished.state;
}

async function startRun(context: Context, account: Account, args: Args): Promise<Run> {
  const { clock, owner, report, signal } = context;
  const { client } = account;
  const started = await start({
    client,
    clock,
    report,
    signal,
    options: {
      actorTaskId: args.actorTaskId,
      inputJson: args.input === undefined ? undefined : JSON.stringify(args.input),
      build: args.build,
      timeoutSecs: args.timeoutSecs,
      memoryMbytes: args.memoryMbytes,
      maxItems: args.maxItems,
      maxTotalChargeUsd: args.maxTotalChargeUsd,
      restartOnError: args.restartOnError,
      webhooks: args.webhooks,
    },
    key: runKey(owner, args),
    adoption: {
      keyIsUsers: args.idempotencyKey !== undefined,
      replaced: context.memory.replacedBy(owner),
    },
    startWaitSecs: args.startWaitSecs ?? defaultStartWaitSecs,
  });
  if (started.outcome !== "started") throw new TaskRunError(started.message);
  const { runId, run, how } = started;
  // Before anything else can fail: what was paid for must be found again by whoever reads this.
  report.line(
    `Run ${runId} ${happened[how]}: ${runConsoleUrl(account.consoleUrl, run ?? { id: runId })}`,
  );
  return run ?? firstSight({ client, clock, runId, signal });
}

const happened = {
  started: "started",
  found: "started (the answer was lost, the run was found by its key)",
  "taken over": "taken over, it was started for this same resource and arguments",
} as const;
