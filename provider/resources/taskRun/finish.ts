import { lines, message, sentences } from "../../apify/message";
import { runConsoleUrl } from "../../apify/urls";
import { describeRun, progressLine } from "../../run/describeRun";
import { wasRead } from "../../run/runRecord";
import { followLog } from "../../run/followLog";
import { readUsedUpLimit } from "../../run/limits";
import { createPace } from "../../run/pace";
import { hasEnded, isAccepted } from "../../run/status";
import { waitForEnd } from "../../run/waitForEnd";
import { waits } from "./decide";
import { PartialFailure } from "../errors";
import { recordState } from "./state";
import type { Message } from "../../apify/message";
import type { RunRecord } from "../../run/runRecord";
import type { Account, Context } from "../context";
import type { FollowOptions } from "../../run/followLog";
import type { WaitOutcome } from "../../run/waitForEnd";
import type { Asked, TaskRunState } from "./state";

/** What came of a run. How one that `failed` is recorded depends on the operation. */
export type Finish =
  | { readonly outcome: "done"; readonly state: TaskRunState }
  | { readonly outcome: "failed"; readonly state: TaskRunState; readonly message: Message };

/** What only some operations say about a wait. */
export interface FinishOptions {
  /** Seconds that the engine lets the operation take; `undefined` for no limit. */
  readonly timeLimitSecs: number | undefined;
  /** What `showLog` shows of the log: all of it, or what is logged from now on. */
  readonly logFrom: FollowOptions["from"];
}

const logLines = 10;

/**
 * Waits for the run, if it is to be waited for, and judges its end; with `onFailure: "continue"` a run
 * that is not good is done, too. Throws a `PartialFailure` when the run outlives the wait, or nothing
 * but its id is known to record.
 */
export async function finish(
  context: Context,
  account: Account,
  args: Asked,
  started: RunRecord,
  { timeLimitSecs, logFrom }: FinishOptions,
): Promise<Finish> {
  // One that has ended needs no wait to be judged.
  if (!waits(args) && !hasEnded(started.status)) {
    const state = recordState(args, started, account);
    if (wasRead(started)) {
      context.memory.notDelivered(context.owner, started.id);
      return { outcome: "done", state };
    }
    throw new PartialFailure(unseenMessage(state), state);
  }
  const limitSecs = smallest(args.waitSecs, timeLimitSecs);
  const waited = await (args.showLog === true
    ? withLog(context, account, started, logFrom, () => wait(context, account, started, limitSecs))
    : wait(context, account, started, limitSecs));
  const state = recordState(args, waited.run, account);
  if (waited.outcome === "alive")
    throw new PartialFailure(aliveMessage(state, waited.reason), state);
  if (waited.outcome === "missing")
    throw new PartialFailure(missingMessage(state, waited.reason), state);
  if (isAccepted(waited.run.status, args.acceptStatuses)) {
    context.memory.delivered(context.owner);
    return { outcome: "done", state };
  }
  const message = await failureMessage(account, state);
  if (args.onFailure !== "continue") return { outcome: "failed", state, message };
  context.memory.notDelivered(context.owner, started.id);
  context.report.line(message);
  return { outcome: "done", state };
}

/** Waits for the run and shows its progress. */
async function wait(
  { clock, report, signal, breakOff, pace = createPace("none") }: Context,
  { client }: Account,
  run: RunRecord,
  limitSecs: number | undefined,
): Promise<WaitOutcome> {
  const onBreakOff = (): void => {
    report.line(
      message`Run ${run.id} goes on and is waited for; press ^C again to stop waiting. The run itself is not stopped, and the next \`pulumi up\` takes the run over.`,
    );
  };
  if (breakOff?.aborted) onBreakOff();
  breakOff?.addEventListener("abort", onBreakOff, { once: true });
  try {
    return await pace.during(() =>
      waitForEnd({
        client,
        clock,
        run,
        limitSecs,
        longestPollSecs: pace.longestPollSecs,
        onProgress: (seen, trouble) => {
          report.status(progressLine(seen, trouble));
        },
        signal,
      }),
    );
  } finally {
    breakOff?.removeEventListener("abort", onBreakOff);
  }
}

/** Shows the log of the run during a wait. */
async function withLog(
  { clock, report }: Context,
  { client, consoleUrl }: Account,
  run: RunRecord,
  from: FollowOptions["from"],
  waiting: () => Promise<WaitOutcome>,
): Promise<WaitOutcome> {
  const link = runConsoleUrl(consoleUrl, run);
  const show = (line: Message): void => {
    report.log(line);
  };
  const log = followLog({ client, clock, runId: run.id, link, from, show });
  try {
    const waited = await waiting();
    if (waited.outcome === "ended") await log.finish();
    return waited;
  } finally {
    log.stop();
  }
}

function aliveMessage(state: TaskRunState, reason: string): Message {
  return lines(
    sentences(message`Run ${state.run.id} is still running; stopped waiting: ${reason}`),
    lastSight(state),
    message`The next \`pulumi up\` waits for this same run; it starts no other.`,
  );
}

function missingMessage(state: TaskRunState, reason: string): Message {
  return lines(
    sentences(message`Stopped waiting for run ${state.run.id}: ${reason}`),
    lastSight(state),
    message`If the run was deleted, run \`pulumi refresh\` and then \`pulumi up\`, which runs the task again. Otherwise run \`pulumi up\`: it waits for this same run.`,
  );
}

function lastSight({ run, links }: TaskRunState): Message {
  return message`It ${wasRead(run) ? `was ${describeRun(run)} when last seen` : "has not been seen yet"}: ${links.console}`;
}

/** What is said of a run that is not waited for when only its id is known. */
function unseenMessage({ run, links }: TaskRunState): Message {
  return lines(
    message`Run ${run.id} was started, but could not be read, so its outputs are not known yet.`,
    message`See ${links.console}`,
    message`The next \`pulumi up\` reads this same run; it starts no other.`,
  );
}

async function failureMessage(account: Account, state: TaskRunState): Promise<Message> {
  const { run, links } = state;
  return lines(
    message`Run ${run.id} ended as ${describeRun(run)}`,
    ...(await limitLines(account, state)),
    message`See ${links.console}`,
    ...(await lastLogLines(account, run.id)),
    ...whatFollows(state),
  );
}

/** What is said when the run had used up a limit of the user's own. */
async function limitLines(
  { client }: Account,
  { run, acceptStatuses }: TaskRunState,
): Promise<readonly Message[]> {
  const limit = await readUsedUpLimit(client, run);
  if (limit === undefined) return [];
  // With an exit code of its own the Actor may have failed all the same.
  if (run.exitCode) return [message`Besides, ${limit.words}, at which Apify stops a run.`];
  const accepted = [...(acceptStatuses ?? ["SUCCEEDED"]), run.status];
  return [
    message`The Actor ${limit.certainty === "certain" ? "has" : "may have"} not failed: ${limit.words}, at which Apify stops a run. Raise the limit, or accept the status with acceptStatuses: ${JSON.stringify(accepted).replaceAll(",", ", ")}.`,
  ];
}

function whatFollows({ adoptRunId, onFailure }: TaskRunState): readonly Message[] {
  const next =
    adoptRunId === undefined ? "The next `pulumi up`" : "Without adoptRunId, `pulumi up`";
  if (onFailure === "continue") {
    return [
      message`It is recorded all the same (onFailure: "continue"). ${next} runs the task again.`,
    ];
  }
  const isKept = message`The last good run, if there is one, is kept.`;
  return [
    adoptRunId === undefined
      ? message`${isKept} Correct the cause first: the next \`pulumi up\` runs the task again.`
      : message`${isKept} Remove adoptRunId: \`pulumi up\` then uses the last good run, or runs the task if there is none.`,
    message`Pulumi marks outputs of the stack with "-". They are not deleted: see \`pulumi stack output\`.`,
  ];
}

async function lastLogLines(account: Account, runId: string): Promise<readonly Message[]> {
  try {
    const tail = await account.client.getRunLogTail(runId, logLines);
    if (tail.length === 0) return [message`Its log is empty.`];
    return [message`The end of its log:`, ...tail.map((line) => message`  ${line}`)];
  } catch {
    return [message`Its log could not be read.`];
  }
}

function smallest(...limits: readonly (number | undefined)[]): number | undefined {
  const given = limits.filter((limit) => limit !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
}
