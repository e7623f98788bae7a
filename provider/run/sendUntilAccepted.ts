import { retryPauseMillis } from "../apify/retry";
import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { TaskStartOptions, StartOutcome } from "../apify/startTaskRun";

/** What sending a start needs. */
export interface SendOptions {
  readonly client: Pick<ApifyClient, "startTaskRun">;
  readonly clock: Clock;
  readonly start: TaskStartOptions;
  /** Seconds to wait at the most for the account to have room. */
  readonly startWaitSecs: number;
  /** Called with the reason for each pause. */
  readonly onPause: (reason: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** How a start ended, and for one that was refused, how long it was tried. */
export type SendOutcome = Exclude<StartOutcome, Refused> | (Refused & { readonly tried: Tried });

type Refused = Extract<StartOutcome, { outcome: "refused" }>;

/** The attempts to start a run. */
export interface Tried {
  readonly attempts: number;
  /** Seconds from the first attempt of what was refused last, such as for lack of room, to the last one. */
  readonly secs: number;
  /** Seconds that there were for that. */
  readonly limitSecs: number;
}

/** Seconds in a row for which a connection that cannot be made is tried again. */
const unreachableSecs = 120;

/**
 * Sends the start request; again only after an answer that proves that nothing was started, paced,
 * and for no longer than the account may take to have room. So at most one of the requests has
 * started a run, and it is the last.
 */
export async function sendUntilAccepted(options: SendOptions): Promise<SendOutcome> {
  const { client, clock, start, startWaitSecs, onPause, signal } = options;
  const began = clock.monotonicMillis();
  let troubledSince: number | undefined;
  for (let attempts = 1; ; attempts++) {
    const result = await client.startTaskRun(start);
    if (result.outcome !== "refused") return result;
    const now = clock.monotonicMillis();
    const { transient } = result.error;
    // A long wait for room must not use up the time for a connection that fails in between.
    troubledSince = transient?.kind === "unavailable" ? (troubledSince ?? now) : undefined;
    const waitedMillis = now - (troubledSince ?? began);
    const limitSecs =
      troubledSince === undefined
        ? startWaitSecs
        : Math.min(unreachableSecs, transient?.withinSecs ?? Infinity);
    const tried = { attempts, secs: Math.floor(waitedMillis / 1000), limitSecs };
    if (transient === undefined || signal?.aborted) return { ...result, tried };
    const pauseMillis = retryPauseMillis({
      transient,
      attempts,
      remainingMillis: limitSecs * 1000 - waitedMillis,
      random: clock.random(),
    });
    if (pauseMillis === undefined) return { ...result, tried };
    onPause(`${transient.reason}; waited ${tried.secs} s of ${limitSecs} s`);
    await clock.sleep(pauseMillis, signal);
    if (signal?.aborted) return { ...result, tried };
  }
}
