import { hasEnded } from "./status";
import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { Run } from "../apify/schemas/run";

/** What a wait needs. */
export interface WaitOptions {
  readonly client: Pick<ApifyClient, "getRun">;
  readonly clock: Clock;
  /** The run as last seen. */
  readonly run: Run;
  /** Seconds to wait at the most; `undefined` until the run ends. */
  readonly limitSecs: number | undefined;
  /** Called with every new sight of the run, and the whole seconds waited so far. */
  readonly onProgress: (run: Run, waitedSecs: number) => void;
}

/** How a wait ended: the run did, or only the wait did. */
export type WaitOutcome =
  | { readonly outcome: "ended"; readonly run: Run }
  | { readonly outcome: "alive"; readonly run: Run; readonly reason: string };

/**
 * Long polls start short, so that a quick run is not waited on longer than it takes, and grow to
 * a length that still shows a new status message while it is news. Apify allows up to 60 s.
 */
const pollSecs = [2, 5, 10] as const;
const longestPollSecs = 15;

/** A server that does not hold its answer back must not turn the wait into a busy loop. */
const shortestPollMillis = 1000;

/** Waits until the run has ended, the limit is over, or the run cannot be read any more. */
export async function waitForEnd(options: WaitOptions): Promise<WaitOutcome> {
  const { client, clock, limitSecs, onProgress } = options;
  const began = clock.monotonicMillis();
  const waitedSecs = (): number => (clock.monotonicMillis() - began) / 1000;
  let run = options.run;
  onProgress(run, 0);
  for (let poll = 0; !hasEnded(run.status); poll++) {
    const leftSecs = (limitSecs ?? Infinity) - waitedSecs();
    if (leftSecs <= 0) {
      return { outcome: "alive", run, reason: `the wait limit of ${limitSecs ?? 0} s is over` };
    }
    const waitSecs = Math.min(pollSecs[poll] ?? longestPollSecs, Math.ceil(leftSecs));
    const asked = clock.monotonicMillis();
    try {
      run = await client.getRun(run.id, { waitSecs });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { outcome: "alive", run, reason };
    }
    onProgress(run, Math.floor(waitedSecs()));
    const tookMillis = clock.monotonicMillis() - asked;
    if (!hasEnded(run.status) && tookMillis < shortestPollMillis) {
      await clock.sleep(shortestPollMillis - tookMillis);
    }
  }
  return { outcome: "ended", run };
}
