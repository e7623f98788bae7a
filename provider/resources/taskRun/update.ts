import { message } from "../../apify/message";
import { readNewRun } from "../../run/readRun";
import { wasRead } from "../../run/runRecord";
import { intentArguments } from "../../run/intent";
import { PartialFailure } from "../partialFailure";
import { waitForResult } from "./waitForResult";
import { isLive, waitsForRun } from "./state";
import { ownBuild } from "./buildHistory";
import type { RunRecord } from "../../run/runRecord";
import type { Account } from "../account";
import type { TaskRunContext } from "./taskRunContext";
import type { RecordedArgs, CheckedArgs, TaskRunState } from "./state";

/**
 * Resumes the wait for a run that has not ended, or records new arguments; it never starts a run. Throws a
 * `PartialFailure` if the run ends with a status that is not accepted: if the state were not recorded, it
 * would say RUNNING for ever. The next deployment reruns because of that status.
 */
export async function update(
  context: TaskRunContext,
  state: TaskRunState,
  given: CheckedArgs,
): Promise<TaskRunState> {
  const { run, links, expired } = state;
  const args = recordable(state, given);
  const waits = waitsForRun(args);
  if (!isLive(state) || (!waits && wasRead(run))) return { ...args, run, links, expired };
  const account = accountOf(context, state, args);
  if (waits) context.report.line(message`Resuming the wait for run ${run.id}: ${links.console}`);
  const known = waits ? run : await readUnread(context, account, run.id);
  // A changed account takes effect after the wait, since the run belongs to the old account.
  const waiting = { ...args, account: state.account };
  const result = await waitForResult(context, account, waiting, known, {
    timeLimitSecs: context.timeLimitSecs.update,
    logFrom: "now",
  });
  if (result.outcome === "failed") throw new PartialFailure(result.message, result.state);
  return { ...result.state, account: args.account };
}

/** The account that the run was started with, or the new one if the old one is no longer configured. */
function accountOf(context: TaskRunContext, state: TaskRunState, args: RecordedArgs): Account {
  try {
    return context.account(state.account);
  } catch {
    return context.account(args.account);
  }
}

/**
 * The arguments that an update records. While `adoptRunId` is set, a change of the intent starts no run and is not
 * recorded, so that it takes effect once `adoptRunId` is removed. The build that the run was started with
 * stays recorded, and so does the task's fingerprint if the task could not be read this time.
 */
export function recordable(state: TaskRunState, given: CheckedArgs): RecordedArgs {
  const { trackedTask, askedAt, startedBuild } = state;
  const isUnread = given.trackTask === true && given.trackedTask === undefined;
  const build = given.trackBuild === true ? ownBuild(state) : undefined;
  const args = {
    ...given,
    ...(isUnread && trackedTask !== undefined ? { trackedTask } : {}),
    ...(build === undefined ? {} : { trackedBuild: build }),
    ...(startedBuild === undefined ? {} : { startedBuild }),
    ...(askedAt === undefined ? {} : { askedAt }),
  };
  if (args.adoptRunId === undefined) return args;
  return { ...args, ...Object.fromEntries(intentArguments.map((name) => [name, state[name]])) };
}

/** Reads a run that could not be read before, so that the resource has outputs although it does not wait. */
function readUnread(
  { clock, signal }: TaskRunContext,
  { client }: Account,
  runId: string,
): Promise<RunRecord> {
  return readNewRun({ client, clock, runId, signal });
}
