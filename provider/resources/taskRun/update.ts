import { message } from "../../apify/message";
import { readNewRun } from "../../run/readRun";
import { wasRead } from "../../run/runRecord";
import { intentArguments } from "../../run/intent";
import { waits } from "./decide";
import { PartialFailure } from "../errors";
import { finish } from "./finish";
import { isAlive, ownBuild } from "./state";
import type { RunRecord } from "../../run/runRecord";
import type { Account, Context } from "../context";
import type { Asked, Inputs, TaskRunState } from "./state";

/**
 * Resumes the wait for a run that was still going, or stores new arguments; it never starts a run.
 * A run that turns out not to have succeeded is recorded all the same (`PartialFailure`): otherwise
 * the state would say RUNNING for ever. The next deployment reruns because of it.
 */
export async function update(
  context: Context,
  state: TaskRunState,
  given: Inputs,
): Promise<TaskRunState> {
  const { run, links, expired } = state;
  const args = recordable(state, given);
  if (!isAlive(state) || (!waits(args) && wasRead(run))) return { ...args, run, links, expired };
  const account = accountOf(context, state, args);
  if (waits(args)) context.report.line(message`Waiting on for run ${run.id}: ${links.console}`);
  const seen = waits(args) ? run : await lookAgain(context, account, run.id);
  // Another account counts once there is nothing left to wait for: the run belongs to this one.
  const waiting = { ...args, account: state.account };
  const finished = await finish(context, account, waiting, seen, {
    timeLimitSecs: context.timeLimitSecs.update,
    logFrom: "now",
  });
  if (finished.outcome === "failed") throw new PartialFailure(finished.message, finished.state);
  return { ...finished.state, account: args.account };
}

/** The account that the run was started with, as long as the configuration still has it. */
function accountOf(context: Context, state: TaskRunState, args: Asked): Account {
  try {
    return context.account(state.account);
  } catch {
    return context.account(args.account);
  }
}

/**
 * While `adoptRunId` says which run this is, a change of the intent starts none. It is not recorded
 * either, so that it counts once `adoptRunId` is taken out. And a task that could not be looked up
 * this time is still to be compared with what it was when the run started.
 */
function recordable(state: TaskRunState, given: Inputs): Asked {
  const { trackedTask, askedAt, startedBuild } = state;
  const isUnseen = given.trackTask === true && given.trackedTask === undefined;
  const before = given.trackBuild === true ? ownBuild(state) : undefined;
  const args = {
    ...given,
    ...(isUnseen && trackedTask !== undefined ? { trackedTask } : {}),
    ...(before === undefined ? {} : { trackedBuild: before }),
    ...(startedBuild === undefined ? {} : { startedBuild }),
    ...(askedAt === undefined ? {} : { askedAt }),
  };
  if (args.adoptRunId === undefined) return args;
  return { ...args, ...Object.fromEntries(intentArguments.map((name) => [name, state[name]])) };
}

/** A run that nobody waits for has outputs from the moment when it was read for the first time. */
function lookAgain(
  { clock, signal }: Context,
  { client }: Account,
  runId: string,
): Promise<RunRecord> {
  return readNewRun({ client, clock, runId, signal });
}
