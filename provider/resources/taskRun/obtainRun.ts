import { message } from "../../apify/message";
import { runConsoleUrl } from "../../apify/urls";
import { readNewRun } from "../../run/readRun";
import { staleness } from "../../run/freshness";
import { runKey } from "../../run/runKey";
import { ensureRun } from "../../run/ensureRun";
import { isAccepted } from "../../run/status";
import { ProviderError } from "../errors";
import { keptItsBuild } from "./buildHistory";
import { isLater } from "../../apify/clock";
import { taskFingerprint } from "../taskFingerprint";
import type { Run } from "../../apify/schemas/run";
import type { EnsuredRun } from "../../run/ensureRun";
import type { RunRecord } from "../../run/runRecord";
import type { Account } from "../account";
import type { TaskRunContext } from "./taskRunContext";
import type { RecordedArgs, CheckedArgs } from "./state";

/** Seconds to wait for room in the account if `startWaitSecs` is not set. */
const defaultStartWaitSecs = 300;

/** A run, and the arguments to record with it. */
export interface ObtainedRun {
  readonly run: RunRecord;
  readonly args: RecordedArgs;
  /** Whether this deployment started it. */
  readonly isNew: boolean;
}

/**
 * Gets the one run for these arguments: starts it, or finds the run that was started for them before.
 * Throws a `ProviderError` if no run was started, or if it is not known whether one was.
 */
export async function obtainRun(
  context: TaskRunContext,
  account: Account,
  args: CheckedArgs,
): Promise<ObtainedRun> {
  const { clock, owner, report, signal } = context;
  const { client } = account;
  const task = args.trackTask === true ? await readTaskNow(account, args.actorTaskId) : undefined;
  const replaced = context.ledger.runToReplace(owner);
  const askedAt = new Date(clock.epochMillis()).toISOString();
  const key = runKey(owner, args);
  const start = (earlierRunId: string | undefined): Promise<EnsuredRun> =>
    ensureRun({
      client,
      clock,
      report,
      signal,
      options: args,
      key,
      earlierRunId,
      userAgents: context.reads.userAgents(account),
      rules: {
        endedRuns: args.idempotencyKey === undefined ? "startedAfterReplaced" : "any",
        replaced,
        replacesUnknown: context.ledger.isForcedReplacement(owner),
        isGood: (status) => isAccepted(status, args.acceptStatuses),
        isFresh: (startedAt) => staleness(args, startedAt, clock.epochMillis()) === undefined,
      },
      startWaitSecs: args.startWaitSecs ?? defaultStartWaitSecs,
    });
  const ensured = await context.ledger.startInTurn(key, start, () => {
    report.status(message`waiting for a TaskRun with the same \`idempotencyKey\` to start the run`);
  });
  if (ensured.outcome !== "obtained") throw new ProviderError(ensured.message);
  const { runId, how } = ensured;
  const known = ensured.run ?? (await readAtOnce(context, account, runId));
  // Reported before anything else can fail: the user must be able to find a run that costs money.
  report.line(
    message`Run ${runId} ${happened[how]}: ${runConsoleUrl(account.consoleUrl, known ?? { id: runId })}`,
  );
  const run = known ?? (await readNewRun({ client, clock, runId, signal }));
  const isNew = how !== "alreadyThere";
  // A run that was found may have been started before the task was edited.
  const trackedTask = isNew ? task?.fingerprint : task && fingerprintAtStart(run, task);
  return {
    run,
    isNew,
    args: {
      ...args,
      ...(trackedTask === undefined ? {} : { trackedTask }),
      ...startedBuildOf(run, args),
      // The clock here is ahead of Apify's.
      ...(isNew && isLater(askedAt, run.startedAt) ? { askedAt } : {}),
    },
  };
}

/** Seconds for which the line with the link may wait: the link to a run within its task needs the task's id. */
const linkSecs = 5;

/** Reads the run; `undefined` if it cannot be read at once. */
async function readAtOnce(
  { signal }: TaskRunContext,
  { client }: Account,
  runId: string,
): Promise<Run | undefined> {
  try {
    return await client.getRun(runId, { withinSecs: linkSecs, signal });
  } catch {
    return undefined;
  }
}

/** The task just before the start. It is read then because a read after the start could delay or fail the record of the run. */
interface TaskNow {
  readonly fingerprint: string;
  readonly modifiedAt: string | undefined;
}

/**
 * Reads the task again, since it may have been edited after `check` read it, and later deployments compare
 * with the task that the run was started with. `undefined` if it cannot be read; `check`'s fingerprint stays.
 */
async function readTaskNow({ client }: Account, actorTaskId: string): Promise<TaskNow | undefined> {
  try {
    const task = await client.getTask(actorTaskId);
    return { fingerprint: taskFingerprint(task), modifiedAt: task.modifiedAt ?? undefined };
  } catch {
    return undefined;
  }
}

/** The fingerprint of the task when an earlier run started. The task before an edit is not known, so any other text stands for it. */
function fingerprintAtStart(
  { startedAt }: RunRecord,
  { fingerprint, modifiedAt }: TaskNow,
): string {
  return isLater(modifiedAt, startedAt) ? `older than ${fingerprint}` : fingerprint;
}

/** The build that the run was started with, if the run still has that build. */
function startedBuildOf(
  run: RunRecord,
  { trackBuild }: CheckedArgs,
): Pick<RecordedArgs, "startedBuild"> {
  return trackBuild === true && run.buildNumber != null && keptItsBuild(run)
    ? { startedBuild: run.buildNumber }
    : {};
}

/** How the run was obtained, for the line that reports it. */
const happened = {
  started: "started",
  foundAfterLostResponse: "started (the response was lost, and the run was found by its run key)",
  alreadyThere: "found by its run key (it was started earlier with the same arguments)",
} as const;
