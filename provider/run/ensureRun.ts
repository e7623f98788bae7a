import { message } from "../apify/message";
import { chooseRun, isReusable } from "./chooseRun";
import { findRuns, startMillis, unreadableRun } from "./findRuns";
import { reconcile } from "./reconcile";
import { runKeyNote } from "./runKey";
import { sendUntilAccepted } from "./sendUntilAccepted";
import {
  ambiguous,
  interrupted,
  interruptedRefusal,
  lookFailed,
  notReusedLine,
  refusal,
} from "./startMessages";
import type { ApifyClient } from "../apify/client";
import type { Message } from "../apify/message";
import type { Clock } from "../apify/clock";
import type { Run } from "../apify/schemas/run";
import type { TaskStartOptions } from "../apify/startTaskRun";
import type { ReuseRules } from "./chooseRun";
import type { FoundRuns, FindRunsOptions } from "./findRuns";
import type { Reporter } from "./reporter";

/** A run that is wanted, and what is needed to get it. */
export interface EnsureRunOptions {
  readonly client: Pick<ApifyClient, "startTaskRun" | "listTaskRuns" | "getRun">;
  readonly clock: Clock;
  readonly options: Omit<TaskStartOptions, "userAgentNote">;
  /** The run key of the intent. */
  readonly key: string;
  readonly rules: ReuseRules;
  /** Seconds to wait at the most for the account to have room. */
  readonly startWaitSecs: number;
  readonly report: Reporter;
  /** Aborted when the deployment is being stopped: nothing new is begun then. */
  readonly signal?: AbortSignal | undefined;
}

/** What came of it, and for the two endings without a run the words for the user. */
export type EnsuredRun =
  | {
      readonly outcome: "started";
      readonly runId: string;
      /** Absent when so far only the id is known. */
      readonly run: Run | undefined;
      /** `taken over`: it was there before. `found`: the answer to the start was lost, the run was not. */
      readonly how: "started" | "found" | "taken over";
    }
  /** Nothing was started. */
  | { readonly outcome: "refused"; readonly message: Message }
  /** A run may have been started. */
  | { readonly outcome: "unknown"; readonly message: Message };

/** Of a run that is not taken over, the user is told only if it is among so many of the newest. */
const newestReads = 10;

/** After how many lost answers it is left to the user: each cost a minute of looking. */
const mostLostAnswers = 2;

/**
 * Gets exactly one run for the intent. There is no idempotency key on Apify's side, so it looks for
 * a run with the key, starts one if there is none, and looks again when the answer was lost; another
 * start follows only when Apify's lists, a whole grace window later, do not show the run.
 */
export async function ensureRun(request: EnsureRunOptions): Promise<EnsuredRun> {
  const { client, clock, options, key, rules, report, signal } = request;
  report.status(message`starting task ${options.actorTaskId}`);
  const onPause = (reason: string): void => {
    report.status(message`waiting to start: ${reason}`);
  };
  const looking = { client, clock, actorTaskId: options.actorTaskId, key, signal };
  const look = await lookBefore({ ...looking, onPause }, rules);
  if (signal?.aborted) return { outcome: "refused", message: interrupted };
  if ("error" in look) return { outcome: "refused", message: lookFailed(look.error, options) };

  const { chosen, notReused } = chooseRun(look.runs, rules);
  if (chosen !== undefined) {
    return { outcome: "started", runId: chosen.id, run: undefined, how: "taken over" };
  }
  if (look.unreadable !== undefined) {
    const error = new Error(unreadableRun(look.unreadable));
    return { outcome: "refused", message: lookFailed(error, options) };
  }
  if (notReused !== undefined) {
    // The next deployment may see the run that follows alone: a kill from now on must not lose this one.
    report.line(notReusedLine(notReused));
    await report.shown();
  }

  const before = new Set(look.seen);
  if (rules.replaced !== undefined) before.add(rules.replaced.id);
  for (let lostAnswers = 1; ; lostAnswers++) {
    const result = await sendUntilAccepted({
      client,
      clock,
      start: { ...options, userAgentNote: runKeyNote(key) },
      startWaitSecs: request.startWaitSecs,
      onPause,
      signal,
    });
    if (result.outcome === "started") return { ...result, how: "started" };
    if (result.outcome === "refused") {
      const words = signal?.aborted ? interruptedRefusal(result) : refusal(result, options);
      return { outcome: "refused", message: words };
    }
    report.status(message`the answer to the start was lost; looking for the run`);
    const found = await reconcile({
      ...looking,
      before,
      beforeSinceMillis: look.completeSinceMillis,
    });
    if (found.outcome === "found") {
      return { outcome: "started", runId: found.run.id, run: undefined, how: "found" };
    }
    if (found.outcome === "notKnown" || lostAnswers === mostLostAnswers) {
      return { outcome: "unknown", message: ambiguous(result.error, options, key, found) };
    }
    if (signal?.aborted) return { outcome: "refused", message: interrupted };
    report.status(message`Apify shows no such run; starting task ${options.actorTaskId} once more`);
  }
}

/** The look before the start, or why there was none. */
async function lookBefore(
  looking: Omit<FindRunsOptions, "sinceMillis" | "matters" | "newestReads" | "isEnough">,
  rules: ReuseRules,
): Promise<FoundRuns | { readonly error: unknown }> {
  const { hasIdempotencyKey, replaced } = rules;
  const replacedMillis = startMillis(replaced);
  const sinceReplaced = Number.isNaN(replacedMillis) ? Infinity : replacedMillis;
  try {
    return await findRuns({
      ...looking,
      sinceMillis: hasIdempotencyKey ? -Infinity : sinceReplaced,
      matters: (run) => isReusable(run, rules),
      newestReads,
      isEnough: (runs) => chooseRun(runs, rules).chosen !== undefined,
    });
  } catch (error) {
    return { error };
  }
}
