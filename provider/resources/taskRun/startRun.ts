import { message } from "../../apify/message";
import { runConsoleUrl } from "../../apify/urls";
import { readNewRun } from "../../run/readRun";
import { staleness } from "../../run/freshness";
import { runKey } from "../../run/runKey";
import { ensureRun } from "../../run/ensureRun";
import { isAccepted } from "../../run/status";
import { TaskRunError } from "../errors";
import { keptItsBuild } from "./state";
import { taskFingerprint } from "./tracked";
import type { Run } from "../../apify/schemas/run";
import type { RunRecord } from "../../run/runRecord";
import type { Account, Context } from "../context";
import type { Asked, Inputs } from "./state";

/** Seconds to wait for room in the account when `startWaitSecs` does not say. */
const defaultStartWaitSecs = 300;

/** A run, and what it was asked for with. */
export interface AskedRun {
  readonly run: RunRecord;
  readonly asked: Asked;
  /** Whether it was started by this deployment. */
  readonly isNew: boolean;
}

/**
 * Gets the one run for these arguments: starts it, or takes over one that is there. Throws a
 * `TaskRunError` when there is none afterwards, or nobody knows.
 */
export async function startRun(
  context: Context,
  account: Account,
  args: Inputs,
): Promise<AskedRun> {
  const { clock, owner, report, signal } = context;
  const { client } = account;
  const task = args.trackTask === true ? await taskNow(account, args.actorTaskId) : undefined;
  const replaced = context.memory.replacedBy(owner);
  const askedMillis = clock.epochMillis();
  const started = await ensureRun({
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
    rules: {
      hasIdempotencyKey: args.idempotencyKey !== undefined,
      replaced,
      replacesUnknown: context.memory.replacesUnseen(owner),
      isGood: (status) => isAccepted(status, args.acceptStatuses),
      isFresh: (startedAt) => staleness(args, startedAt, clock.epochMillis()) === undefined,
    },
    startWaitSecs: args.startWaitSecs ?? defaultStartWaitSecs,
  });
  if (started.outcome !== "started") throw new TaskRunError(started.message);
  const { runId, how } = started;
  const known = started.run ?? (await knownOf(context, account, runId));
  // Before anything else can fail: what was paid for must be found again by whoever reads this.
  report.line(
    message`Run ${runId} ${happened[how]}: ${runConsoleUrl(account.consoleUrl, known ?? { id: runId })}`,
  );
  const run = known ?? (await readNewRun({ client, clock, runId, signal }));
  const isOurs = how !== "taken over";
  const isAhead = isOurs && askedMillis > Date.parse(run.startedAt ?? "");
  return {
    run,
    isNew: isOurs,
    asked: {
      ...args,
      ...(task === undefined ? {} : { trackedTask: isOurs ? task.fingerprint : taskOf(run, task) }),
      ...buildOf(run, args),
      ...(isAhead ? { askedAt: new Date(askedMillis).toISOString() } : {}),
    },
  };
}

/** Seconds for which a run's link may be held up: the link to its task's page takes the task's id. */
const linkSecs = 5;

/** The run of which only the id is known, if it can be read at once. */
async function knownOf(
  { signal }: Context,
  { client }: Account,
  runId: string,
): Promise<Run | undefined> {
  try {
    return await client.getRun(runId, { withinSecs: linkSecs, signal });
  } catch {
    return undefined;
  }
}

/** What is known of a task at one time: nothing that takes long, or can fail, is left for after the start. */
interface TaskNow {
  readonly fingerprint: string;
  readonly modifiedMillis: number;
}

/**
 * The task may have been edited since `check` looked at it; what counts later is what it was when the
 * run started. One that cannot be read is as `check` saw it.
 */
async function taskNow({ client }: Account, actorTaskId: string): Promise<TaskNow | undefined> {
  try {
    const task = await client.getTask(actorTaskId);
    return {
      fingerprint: taskFingerprint(task),
      modifiedMillis: Date.parse(task.modifiedAt ?? ""),
    };
  } catch {
    return undefined;
  }
}

/** The fingerprint of the task that a run had which was found: what the task was before an edit is not known. */
function taskOf({ startedAt = "" }: RunRecord, { fingerprint, modifiedMillis }: TaskNow): string {
  return modifiedMillis > Date.parse(startedAt) ? `older than ${fingerprint}` : fingerprint;
}

/** The build that a run was started with, if what was read of the run still tells. */
function buildOf(run: RunRecord, { trackBuild }: Inputs): Pick<Asked, "startedBuild"> {
  return trackBuild === true && run.buildNumber != null && keptItsBuild(run)
    ? { startedBuild: run.buildNumber }
    : {};
}

const happened = {
  started: "started",
  found: "started (the answer was lost, the run was found by its key)",
  "taken over": "taken over, it was started for this same resource and arguments",
} as const;
