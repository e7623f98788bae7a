import { decideRetry } from "../apify/retry";
import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { StartOptions, StartOutcome } from "../apify/startTaskRun";

/** What sending a start needs. */
export interface SendOptions {
  readonly client: Pick<ApifyClient, "startTaskRun">;
  readonly clock: Clock;
  readonly start: StartOptions;
  /** Seconds to wait at the most for the account to have room. */
  readonly startWaitSecs: number;
  /** Called with the reason for each pause. */
  readonly onPause: (reason: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Seconds in a row for which a connection that cannot be made is tried again. */
const unreachableSecs = 120;

/**
 * Sends the start request; again only after an answer that proves that nothing was started, paced,
 * and for no longer than the account may take to have room. So at most one of the requests has
 * started a run, and it is the last.
 */
export async function startWhenAccepted(options: SendOptions): Promise<StartOutcome> {
  const { client, clock, start, startWaitSecs, onPause, signal } = options;
  const began = clock.monotonicMillis();
  let unreachableSince: number | undefined;
  for (let attempts = 1; ; attempts++) {
    const result = await client.startTaskRun(start);
    if (result.outcome !== "refused") return result;
    const now = clock.monotonicMillis();
    // A long wait for room must not use up the time for a connection that fails in between.
    unreachableSince = result.obstacle?.kind === "trouble" ? (unreachableSince ?? now) : undefined;
    const waitedMillis = now - (unreachableSince ?? began);
    const limit = unreachableSince === undefined ? startWaitSecs : unreachableSecs;
    const decision = decideRetry({
      obstacle: result.obstacle,
      attempts,
      remainingMillis: limit * 1000 - waitedMillis,
      random: clock.random(),
    });
    if (decision.retry === "never" || signal?.aborted) return result;
    onPause(`${decision.reason}; waited ${Math.floor(waitedMillis / 1000)} s of ${limit} s`);
    await clock.sleep(decision.millis, signal);
    if (signal?.aborted) return result;
  }
}
