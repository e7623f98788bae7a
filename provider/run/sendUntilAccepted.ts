import { retryPauseMillis } from "../apify/retry";
import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { StartOutcome, TaskStartOptions } from "../apify/endpoints/startTaskRun";

/** What to start, and how long to try. */
export interface SendOptions {
  readonly client: Pick<ApifyClient, "startTaskRun">;
  readonly clock: Clock;
  readonly start: TaskStartOptions;
  /** Maximum number of seconds to wait until the account has room for the run. */
  readonly startWaitSecs: number;
  /** Called with the reason for each pause. */
  readonly onPause: (reason: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** How a start ended, and for a refused one, which attempts were made. */
export type SendOutcome = Exclude<StartOutcome, Refused> | (Refused & { readonly tried: Tried });

type Refused = Extract<StartOutcome, { outcome: "refused" }>;

/** The attempts to start a run. */
export interface Tried {
  readonly attempts: number;
  /** Seconds from the first attempt that failed for the latest reason, such as lack of room, to the last attempt. */
  readonly secs: number;
  /** The maximum for `secs`. */
  readonly limitSecs: number;
}

/** Seconds in a row for which the start is retried while Apify is unavailable. */
const unavailableSecs = 120;

/**
 * Sends the start request, and sends it again after each failure which proves that nothing was started, until
 * its time is up. So at most one request has started a run: the last one. This is the only place that
 * repeats a start after a refusal; each request goes out through `Connection.callOnce`.
 */
export async function sendUntilAccepted(options: SendOptions): Promise<SendOutcome> {
  const { client, clock, start, startWaitSecs, onPause, signal } = options;
  const began = clock.monotonicMillis();
  let unavailableSince: number | undefined;
  for (let attempts = 1; ; attempts++) {
    const result = await client.startTaskRun(start);
    if (result.outcome !== "refused") return result;
    const now = clock.monotonicMillis();
    const { transient } = result.error;
    // A long wait for room must not use up the time for a failure of the connection in between.
    unavailableSince = transient?.kind === "unavailable" ? (unavailableSince ?? now) : undefined;
    const waitedMillis = now - (unavailableSince ?? began);
    const limitSecs =
      unavailableSince === undefined
        ? startWaitSecs
        : Math.min(unavailableSecs, transient?.withinSecs ?? Infinity);
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
