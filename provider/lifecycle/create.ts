import { runConsoleUrl } from "../apify/urls";
import { firstSight } from "../run/firstSight";
import { staleness } from "../run/freshness";
import { runKey } from "../run/runKey";
import { start } from "../run/start";
import { isAccepted } from "../run/status";
import { takeOver } from "./adoptRun";
import { TaskRunError } from "./errors";
import { finish } from "./finish";
import { taskFingerprint } from "./tracked";
import type { Account, Context } from "./context";
import type { Asked, Inputs, TaskRunState } from "./state";
import type { Run } from "../apify/schemas/run";

/** Seconds to wait for room in the account when `startWaitSecs` does not say. */
const defaultStartWaitSecs = 300;

/**
 * Gets the run, by starting it or taking it over, and waits for it. Throws a `PartialFailure` when
 * the run outlives the wait, and a plain `TaskRunError` when there is no run or it did not succeed:
 * recording a failed run here would mark the last good one for deletion.
 */
export async function create(context: Context, given: Inputs): Promise<TaskRunState> {
  const account = context.account(given.account);
  const args = await fingerprinted(account, given);
  const { run, askedAt } =
    args.adoptRunId === undefined
      ? await startRun(context, account, args)
      : { run: await takeOver(context, account, args.actorTaskId, args.adoptRunId) };
  context.memory.given(context.owner, run.id);
  const asked: Asked = askedAt === undefined ? args : { ...args, askedAt };
  const finished = await finish(context, account, asked, run, context.timeLimitSecs.create);
  if (finished.outcome === "failed") throw new TaskRunError(finished.message);
  return finished.state;
}

/**
 * The task may have been edited since `check` looked at it; what counts later is what it was when the run
 * started. A task that cannot be read is as it was.
 */
async function fingerprinted({ client }: Account, args: Inputs): Promise<Inputs> {
  if (args.trackedTask === undefined) return args;
  try {
    return { ...args, trackedTask: taskFingerprint(await client.getTask(args.actorTaskId)) };
  } catch {
    return args;
  }
}

async function startRun(
  context: Context,
  account: Account,
  args: Inputs,
): Promise<{ readonly run: Run; readonly askedAt?: string }> {
  const { clock, owner, report, signal } = context;
  const { client } = account;
  const askedMillis = clock.epochMillis();
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
      isGood: (status) => isAccepted(status, args.acceptStatuses),
      isFresh: (startedAt) => staleness(args, startedAt, clock.epochMillis()) === undefined,
    },
    startWaitSecs: args.startWaitSecs ?? defaultStartWaitSecs,
  });
  if (started.outcome !== "started") throw new TaskRunError(started.message);
  const { runId, how } = started;
  // Before anything else can fail: what was paid for must be found again by whoever reads this.
  report.line(
    `Run ${runId} ${happened[how]}: ${runConsoleUrl(account.consoleUrl, started.run ?? { id: runId })}`,
  );
  const run = started.run ?? (await firstSight({ client, clock, runId, signal }));
  const isAhead = how !== "taken over" && askedMillis > Date.parse(run.startedAt);
  return isAhead ? { run, askedAt: new Date(askedMillis).toISOString() } : { run };
}

const happened = {
  started: "started",
  found: "started (the answer was lost, the run was found by its key)",
  "taken over": "taken over, it was started for this same resource and arguments",
} as const;
