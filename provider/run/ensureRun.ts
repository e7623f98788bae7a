/**
 * How a deployment gets exactly one run for an intent, although Apify has no idempotency key:
 *
 * 1. `findRuns`: look for a run that was started with this run key. If the rules allow it, use that run.
 * 2. `sendUntilAccepted`: otherwise send the start request. Send it again while Apify refuses it, since a
 *    refusal proves that nothing was started.
 * 3. `reconcile`: if the response is lost, search for the run by its key for a minute.
 * 4. If the run does not appear, go back to step 2 once. If that starts no run either, or if Apify's lists
 *    cannot be read, tell the user that a run may exist, and how to find out.
 */
import { orUndefinedWhenMissing } from "../apify/errors";
import { message } from "../apify/message";
import { chooseRun, isReusable } from "./chooseRun";
import { findRuns, notFoundReason } from "./findRuns";
import { reconcile } from "./reconcile";
import { runKeyNote } from "./runKey";
import { sendUntilAccepted } from "./sendUntilAccepted";
import {
  unknownStart,
  interrupted,
  interruptedRefusal,
  notReusedLine,
  refusal,
  searchFailed,
} from "./startMessages";
import { startMillis } from "./startTime";
import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { TaskStartOptions } from "../apify/endpoints/startTaskRun";
import type { RequestError } from "../apify/errors";
import type { Message } from "../apify/message";
import type { Run } from "../apify/schemas/run";
import type { ReuseRules } from "./chooseRun";
import type { FindRunsOptions, FoundRuns } from "./findRuns";
import type { Reporter } from "./reporter";
import type { AfterLostStart } from "./startMessages";
import type { UserAgents } from "./runsWithKey";

/** The run to get, and how to get it. */
export interface EnsureRunOptions {
  readonly client: Pick<ApifyClient, "startTaskRun" | "listTaskRuns" | "getRun">;
  readonly clock: Clock;
  /** What to run. */
  readonly options: Omit<TaskStartOptions, "userAgentNote">;
  /** The run key of the intent. */
  readonly key: string;
  /** A run with this key that Apify's lists may not show yet, if one is known. */
  readonly earlierRunId?: string | undefined;
  readonly userAgents: UserAgents;
  readonly rules: ReuseRules;
  /** Maximum number of seconds to wait until the account has room for the run. */
  readonly startWaitSecs: number;
  readonly report: Reporter;
  /** Aborted when the deployment is being stopped. After that nothing is started. */
  readonly signal?: AbortSignal | undefined;
}

/** The run, or the message that tells the user why there is none. */
export type EnsuredRun =
  | {
      readonly outcome: "obtained";
      readonly runId: string;
      /** `undefined` while only the id is known. */
      readonly run: Run | undefined;
      /**
       * `started`: this deployment started it. `foundAfterLostResponse`: this deployment started it, lost the
       * response, and found the run. `alreadyThere`: it existed before, and nothing was started.
       */
      readonly how: "started" | "foundAfterLostResponse" | "alreadyThere";
    }
  /** Nothing was started. */
  | { readonly outcome: "refused"; readonly message: Message }
  /** A run may have been started. */
  | { readonly outcome: "unknown"; readonly message: Message };

/** The user is told about a run that is not reused only if it is among this many of the newest runs. */
const newestReads = 10;

/** Finds the run for an intent, or starts exactly one, as described at the top of this file. */
export async function ensureRun(request: EnsureRunOptions): Promise<EnsuredRun> {
  const { client, clock, options, key, rules, report, signal } = request;
  report.status(message`starting task ${options.actorTaskId}`);
  const onPause = (reason: string): void => {
    report.status(message`waiting to start: ${reason}`);
  };
  const existing = await findExisting({ ...request, onPause });
  if (signal?.aborted) return { outcome: "refused", message: interrupted };
  if ("error" in existing) {
    return { outcome: "refused", message: searchFailed(existing.error, options) };
  }

  const { chosen, notReused } = chooseRun(existing.runs, rules);
  if (chosen !== undefined) {
    return { outcome: "obtained", runId: chosen.id, run: undefined, how: "alreadyThere" };
  }
  if (existing.listedButNotFound !== undefined) {
    const error = new Error(notFoundReason(existing.listedButNotFound));
    return { outcome: "refused", message: searchFailed(error, options) };
  }
  if (notReused !== undefined) {
    // Once another run has started, no later deployment mentions this one. Report it before anything can fail.
    report.line(notReusedLine(notReused));
    await report.shown();
  }

  const before = new Set(existing.listed);
  if (rules.replaced !== undefined) before.add(rules.replaced.id);
  const unknown = (error: RequestError, after: AfterLostStart): EnsuredRun => ({
    outcome: "unknown",
    message: unknownStart(error, options, key, after),
  });
  /** Why the first response was lost. The start is sent again once, since each search takes a minute. */
  let lost: RequestError | undefined;
  for (;;) {
    const result = await sendUntilAccepted({
      client,
      clock,
      start: { ...options, userAgentNote: runKeyNote(key) },
      startWaitSecs: request.startWaitSecs,
      onPause,
      signal,
    });
    if (result.outcome === "started") return { ...result, outcome: "obtained", how: "started" };
    if (result.outcome === "refused") {
      if (lost !== undefined) return unknown(lost, { next: "refused", error: result.error });
      const words = signal?.aborted ? interruptedRefusal(result) : refusal(result, options);
      return { outcome: "refused", message: words };
    }
    report.status(message`the response to the start was lost; looking for the run`);
    const found = await reconcile({
      ...searchOf(request),
      before,
      beforeSinceMillis: existing.completeSinceMillis,
    });
    if (found.outcome === "found") {
      return {
        outcome: "obtained",
        runId: found.run.id,
        run: undefined,
        how: "foundAfterLostResponse",
      };
    }
    if (found.outcome === "unknown") {
      return unknown(result.error, { next: "searchFailed", reason: found.reason });
    }
    if (lost !== undefined) return unknown(result.error, { next: "lost" });
    if (signal?.aborted) return unknown(result.error, { next: "interrupted" });
    lost = result.error;
    report.status(message`the run was not found; starting task ${options.actorTaskId} again`);
  }
}

/** The options that the searches before and after the start share. */
function searchOf({ client, clock, options, key, userAgents, signal }: EnsureRunOptions) {
  return { client, clock, actorTaskId: options.actorTaskId, key, userAgents, signal };
}

/** The existing runs with the key, or the error that kept them from being found. */
async function findExisting(
  request: EnsureRunOptions & Pick<FindRunsOptions, "onPause">,
): Promise<FoundRuns | { readonly error: unknown }> {
  const { rules, onPause } = request;
  try {
    const found = await findRuns({
      ...searchOf(request),
      onPause,
      sinceMillis:
        rules.endedRuns === "any" ? -Infinity : (startMillis(rules.replaced) ?? Infinity),
      isCandidate: (run) => isReusable(run, rules),
      newestReads,
      isEnough: (runs) => chooseRun(runs, rules).chosen !== undefined,
    });
    return await withEarlierRun(request, found);
  } catch (error) {
    return { error };
  }
}

/** Adds the earlier run if the lists do not show it yet. */
async function withEarlierRun(
  { client, earlierRunId, signal }: EnsureRunOptions,
  found: FoundRuns,
): Promise<FoundRuns> {
  if (earlierRunId === undefined || found.runs.some(({ id }) => id === earlierRunId)) return found;
  const earlier = await orUndefinedWhenMissing(client.getRun(earlierRunId, { signal }));
  return earlier === undefined ? found : { ...found, runs: [earlier, ...found.runs] };
}
