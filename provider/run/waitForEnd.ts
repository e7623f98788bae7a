import { adviceOn } from "../apify/advice";
import { ApifyError, messageOf, RequestError } from "../apify/errors";
import { sentences } from "../apify/message";
import { createPace } from "./pace";
import { hasEnded } from "./status";
import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { Message } from "../apify/message";
import type { RunRecord } from "./runRecord";
import type { Transient } from "../apify/classify";

/** What a wait needs. */
export interface WaitOptions {
  readonly client: Pick<ApifyClient, "getRun">;
  readonly clock: Clock;
  readonly run: RunRecord;
  /** Seconds to wait at the most; `undefined` until the run ends. */
  readonly limitSecs: number | undefined;
  /** The most seconds that the next poll may last, up to 60. Default: as where nobody watches. */
  readonly longestPollSecs?: () => number;
  /** Called with every new sight of the run, and what keeps it from being seen now. */
  readonly onProgress: (run: RunRecord, trouble?: string) => void;
  /** Ends the wait when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** How a wait ended: the run did, only the wait did, or Apify does not seem to know the run any more. */
export type WaitOutcome =
  | { readonly outcome: "ended"; readonly run: RunRecord }
  | { readonly outcome: "alive"; readonly run: RunRecord; readonly reason: string }
  | { readonly outcome: "missing"; readonly run: RunRecord; readonly reason: string };

/**
 * Long polls start short: what happens in the first seconds is news, and a proxy that cuts long ones
 * lets these through. They start short again after each that failed.
 */
const firstPollsSecs = [2, 5, 10, 20] as const;

/** Seconds that a poll may take beyond what the server holds back, repetitions included. */
const pollGraceSecs = 30;

/** A server that does not hold its answer back must not turn the wait into a busy loop. */
const shortestPollMillis = 1000;

/** Seconds in a row for which a run may be unreadable, by the kind of trouble; any other kind ends the wait at once. */
const patienceSecs = {
  /** Some copies of Apify's data lag behind, above all right after the start. */
  notFound: 60,
  /** The network, a proxy or Apify itself has a problem. It costs nothing: the run goes on. */
  passing: 600,
} as const;

/** Waits until the run has ended, the limit is over, or the run cannot be read any more. */
export async function waitForEnd(options: WaitOptions): Promise<WaitOutcome> {
  const { client, clock, onProgress, signal } = options;
  const longestPollSecs = options.longestPollSecs ?? createPace("none").longestPollSecs;
  const limitSecs = options.limitSecs ?? Infinity;
  const began = clock.monotonicMillis();
  const waitedSecs = (): number => (clock.monotonicMillis() - began) / 1000;
  let run = options.run;
  let trouble: { readonly kind: keyof typeof patienceSecs; readonly sinceSecs: number } | undefined;
  const alive = (reason: string): WaitOutcome => ({ outcome: "alive", run, reason });

  onProgress(run);
  for (let poll = 0; !hasEnded(run.status);) {
    if (signal?.aborted) return alive("the deployment was interrupted");
    const askedSecs = waitedSecs();
    const leftSecs = limitSecs - askedSecs;
    if (leftSecs <= 0) return alive(`the wait limit of ${limitSecs} s is over`);
    const waitSecs = Math.min(
      firstPollsSecs[poll] ?? Infinity,
      longestPollSecs(),
      Math.ceil(leftSecs),
    );
    const withinSecs = Math.min(waitSecs + pollGraceSecs, Math.ceil(leftSecs) + 5);
    let pauseMillis = 0;
    try {
      run = await client.getRun(run.id, { waitSecs, withinSecs, signal });
      trouble = undefined;
      poll++;
      onProgress(run);
    } catch (error) {
      if (signal?.aborted) continue;
      const kind = troubleKind(error);
      if (kind === undefined) return alive(withRemedy(error));
      if (trouble?.kind !== kind) trouble = { kind, sinceSecs: askedSecs };
      const lastedSecs = waitedSecs() - trouble.sinceSecs;
      const patience = Math.min(patienceSecs[kind], transientOf(error)?.withinSecs ?? Infinity);
      if (lastedSecs >= patience) {
        const reason = `it could not be read for ${Math.floor(lastedSecs)} s: ${withRemedy(error)}`;
        return { outcome: kind === "notFound" ? "missing" : "alive", run, reason };
      }
      poll = 0;
      onProgress(run, messageOf(error));
      // A pause that is longer than a poll may take was left to us.
      const asked = transientOf(error)?.retryAfterMillis ?? 0;
      const patienceLeft = patience - lastedSecs;
      pauseMillis = Math.min(asked, 1000 * Math.min(patienceLeft, limitSecs - waitedSecs()));
    }
    const tookMillis = (waitedSecs() - askedSecs) * 1000;
    pauseMillis = Math.max(pauseMillis, shortestPollMillis - tookMillis);
    if (!hasEnded(run.status) && pauseMillis > 0) await clock.sleep(pauseMillis, signal);
  }
  return { outcome: "ended", run };
}

function withRemedy(error: unknown): Message {
  return error instanceof RequestError
    ? sentences(error.message, adviceOn(error))
    : messageOf(error);
}

/** What kind of trouble an error is, if it is one that passes. */
function troubleKind(error: unknown): keyof typeof patienceSecs | undefined {
  if (error instanceof ApifyError && error.status === 404) return "notFound";
  return transientOf(error) === undefined ? undefined : "passing";
}

function transientOf(error: unknown): Transient | undefined {
  return error instanceof RequestError ? error.transient : undefined;
}
