import { message } from "../../apify/message";
import { runConsoleUrl } from "../../apify/urls";
import { progressLine } from "../../run/describeRun";
import { followLog } from "../../run/followLog";
import { createPollLength } from "../../run/pollLength";
import { wasRead } from "../../run/runRecord";
import { hasEnded, isAccepted } from "../../run/status";
import { waitForEnd } from "../../run/waitForEnd";
import { failedRunMessage } from "./failedRunMessage";
import { PartialFailure } from "../partialFailure";
import { stateOf, waitsForRun } from "./state";
import { neverReadMessage, notFoundMessage, stillRunningMessage } from "./waitMessages";
import type { Message } from "../../apify/message";
import type { RunRecord } from "../../run/runRecord";
import type { FollowOptions } from "../../run/followLog";
import type { WaitOutcome } from "../../run/waitForEnd";
import type { Account } from "../account";
import type { TaskRunContext } from "./taskRunContext";
import type { RecordedArgs, TaskRunState } from "./state";

/** The result of a run. The operation decides how to record a run that `failed`. */
export type Result =
  | { readonly outcome: "done"; readonly state: TaskRunState }
  | { readonly outcome: "failed"; readonly state: TaskRunState; readonly message: Message };

/** The options that differ between create and update. */
export interface ResultOptions {
  /** Seconds that the engine lets the operation take; `undefined` for no limit. */
  readonly timeLimitSecs: number | undefined;
  /** The part of the log that `showLog` shows: all of it, or only new lines. */
  readonly logFrom: FollowOptions["from"];
}

/**
 * Waits for the run if the arguments say so, and tells whether its status is accepted; with
 * `onFailure: "continue"` a run that failed is `done` as well. Throws a `PartialFailure` if the run
 * outlives the wait, or if only its id is known.
 */
export async function waitForResult(
  context: TaskRunContext,
  account: Account,
  args: RecordedArgs,
  known: RunRecord,
  options: ResultOptions,
): Promise<Result> {
  const { ledger, owner } = context;
  if (!waitsForRun(args) && !hasEnded(known.status)) {
    const state = stateOf(args, known, account);
    if (!wasRead(known)) throw new PartialFailure(neverReadMessage(state), state);
    ledger.recordUndelivered(owner, known.id);
    return { outcome: "done", state };
  }
  const waited = await wait(context, account, args, known, options);
  const state = stateOf(args, waited.run, account);
  if (waited.outcome === "waitEnded") {
    throw new PartialFailure(stillRunningMessage(state, waited.reason), state);
  }
  if (waited.outcome === "missing") {
    throw new PartialFailure(notFoundMessage(state, waited.reason), state);
  }
  if (isAccepted(waited.run.status, args.acceptStatuses)) {
    ledger.recordDelivered(owner);
    return { outcome: "done", state };
  }
  const message = await failedRunMessage(account, state);
  if (args.onFailure !== "continue") return { outcome: "failed", state, message };
  ledger.recordUndelivered(owner, known.id);
  context.report.line(message);
  return { outcome: "done", state };
}

/** Waits for the run, and shows its log during the wait if the arguments say so. */
async function wait(
  context: TaskRunContext,
  account: Account,
  { waitSecs, showLog }: RecordedArgs,
  run: RunRecord,
  { timeLimitSecs, logFrom }: ResultOptions,
): Promise<WaitOutcome> {
  const limitSecs = smallest(waitSecs, timeLimitSecs);
  const waiting = (): Promise<WaitOutcome> => waitWithProgress(context, account, run, limitSecs);
  return showLog === true ? withLog(context, account, run, logFrom, waiting) : waiting();
}

/** Waits for the run, and shows its status in the row. */
async function waitWithProgress(
  { clock, report, signal, cancelled, pollLength = createPollLength("none") }: TaskRunContext,
  { client }: Account,
  run: RunRecord,
  limitSecs: number | undefined,
): Promise<WaitOutcome> {
  const onCancel = (): void => {
    report.line(
      message`Still waiting for run ${run.id}; press ^C again to stop waiting. The run itself keeps running, and the next \`pulumi up\` waits for it again.`,
    );
  };
  if (cancelled?.aborted) onCancel();
  cancelled?.addEventListener("abort", onCancel, { once: true });
  try {
    return await pollLength.during(() =>
      waitForEnd({
        client,
        clock,
        run,
        limitSecs,
        longestPollSecs: pollLength.longestPollSecs,
        onProgress: (read, trouble) => {
          report.status(progressLine(read, trouble));
        },
        signal,
      }),
    );
  } finally {
    cancelled?.removeEventListener("abort", onCancel);
  }
}

/** Shows the log of the run during a wait, to the end of the log if the run ends. */
async function withLog(
  { clock, report }: TaskRunContext,
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

function smallest(...limits: readonly (number | undefined)[]): number | undefined {
  const given = limits.filter((limit) => limit !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
}
