import { adviceOn } from "../apify/advice";
import { messageOf, RequestError } from "../apify/errors";
import { sentences } from "../apify/message";
import { createPollLength } from "./pollLength";
import { hasEnded } from "./status";
import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { Message } from "../apify/message";
import type { RunRecord } from "./runRecord";

/** What to wait for, and how. */
export interface WaitOptions {
  readonly client: Pick<ApifyClient, "getRun">;
  readonly clock: Clock;
  /** The run as last read. */
  readonly run: RunRecord;
  /** Maximum number of seconds to wait; `undefined` to wait until the run ends. */
  readonly limitSecs: number | undefined;
  /** The maximum number of seconds for the next poll, up to 60. Default: the maximum without an audience. */
  readonly longestPollSecs?: () => number;
  /** Called each time the run is read, and each time it cannot be read, with the reason. */
  readonly onProgress: (run: RunRecord, readProblem?: string) => void;
  /** Ends the wait when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** How a wait ended. `ended`: the run ended. `waitEnded`: only the wait ended. `missing`: Apify answers that the run does not exist. */
export type WaitOutcome =
  | { readonly outcome: "ended"; readonly run: RunRecord }
  | { readonly outcome: "waitEnded"; readonly run: RunRecord; readonly reason: string }
  | { readonly outcome: "missing"; readonly run: RunRecord; readonly reason: string };

/** Waits until the run has ended, the limit is reached, or the run cannot be read any more. */
export async function waitForEnd(options: WaitOptions): Promise<WaitOutcome> {
  const { clock, limitSecs = Infinity, onProgress, signal } = options;
  const leftSecs = deadline(clock, limitSecs);
  const timing = pollTiming(
    clock,
    options.longestPollSecs ?? createPollLength("none").longestPollSecs,
  );
  const failures = failureStreak(clock);
  let { run } = options;

  onProgress(run);
  while (!hasEnded(run.status)) {
    if (signal?.aborted)
      return { outcome: "waitEnded", run, reason: "the deployment was interrupted" };
    const pollLeftSecs = leftSecs();
    if (pollLeftSecs <= 0) {
      return {
        outcome: "waitEnded",
        run,
        reason: `the limit of ${limitSecs} s that \`waitSecs\` or \`customTimeouts\` sets is over`,
      };
    }
    const began = clock.monotonicMillis();
    const poll = await readOnce(options, run.id, timing.nextSecs(pollLeftSecs), pollLeftSecs);
    if ("run" in poll) {
      ({ run } = poll);
      failures.end();
      onProgress(run);
      if (!hasEnded(run.status)) await timing.afterSuccess(began, signal);
    } else if (!signal?.aborted) {
      const verdict = failures.add(poll.error, began);
      if (verdict.next === "stop") return { outcome: verdict.outcome, run, reason: verdict.reason };
      onProgress(run, messageOf(poll.error));
      await timing.afterFailure(began, Math.min(verdict.pauseSecs, leftSecs()), signal);
    }
  }
  return { outcome: "ended", run };
}

/** Starts a time limit, and returns how many seconds of it are left. */
function deadline(clock: Clock, limitSecs: number): () => number {
  const began = clock.monotonicMillis();
  return () => limitSecs - (clock.monotonicMillis() - began) / 1000;
}

/** Seconds that a poll with its retries may take in addition to the time for which the server holds back its response. */
const pollGraceSecs = 30;

/** One poll: the run, or why it could not be read. */
async function readOnce(
  { client, signal }: Pick<WaitOptions, "client" | "signal">,
  runId: string,
  waitSecs: number,
  leftSecs: number,
): Promise<{ readonly run: RunRecord } | { readonly error: unknown }> {
  const withinSecs = Math.min(waitSecs + pollGraceSecs, Math.ceil(leftSecs) + 5);
  try {
    return { run: await client.getRun(runId, { waitSecs, withinSecs, signal }) };
  } catch (error) {
    return { error };
  }
}

/**
 * Long polls start short: the first seconds bring the most news, and a proxy that cuts long polls lets
 * these through. They start short again after each failure.
 */
const firstPollsSecs = [2, 5, 10, 20] as const;

/** A server that does not hold back its response must not turn the wait into a busy loop. */
const shortestPollMillis = 1000;

/** Decides how long polls last, and pauses between them. */
function pollTiming(clock: Clock, longestSecs: () => number) {
  let poll = 0;
  const pause = async (began: number, pauseSecs: number, signal?: AbortSignal): Promise<void> => {
    const tookMillis = clock.monotonicMillis() - began;
    const pauseMillis = Math.max(pauseSecs * 1000, shortestPollMillis - tookMillis);
    if (pauseMillis > 0) await clock.sleep(pauseMillis, signal);
  };
  return {
    /** Seconds for the next poll, at most `leftSecs`. */
    nextSecs: (leftSecs: number): number =>
      Math.min(firstPollsSecs[poll] ?? Infinity, longestSecs(), Math.ceil(leftSecs)),
    afterSuccess: (began: number, signal?: AbortSignal): Promise<void> => {
      poll++;
      return pause(began, 0, signal);
    },
    afterFailure: (began: number, pauseSecs: number, signal?: AbortSignal): Promise<void> => {
      poll = 0;
      return pause(began, pauseSecs, signal);
    },
  };
}

/** Seconds for which reads may fail in a row, by the kind of failure. Any other failure ends the wait at once. */
const toleratedSecs = {
  /** Some replicas of Apify's data lag behind, above all right after the start. */
  notFound: 60,
  /** The network, a proxy or Apify itself has a problem. Waiting costs nothing: the run continues. */
  transient: 600,
} as const;

/** What to do after a failed poll. */
type Verdict =
  | { readonly next: "stop"; readonly outcome: "waitEnded" | "missing"; readonly reason: string }
  | { readonly next: "poll"; readonly pauseSecs: number };

/** Counts for how long polls have failed in a row with one kind of failure. */
function failureStreak(clock: Clock) {
  let streak: { readonly kind: keyof typeof toleratedSecs; readonly since: number } | undefined;
  /** A poll begins long before it fails. But with a short limit of its own, the client has retried for just that long. */
  const failingSince = (transient: RequestError["transient"], began: number): number =>
    transient?.withinSecs === undefined
      ? began
      : clock.monotonicMillis() - transient.withinSecs * 1000;
  return {
    /** A poll succeeded. */
    end: (): void => {
      streak = undefined;
    },
    /** A poll that began at this time failed. */
    add: (error: unknown, began: number): Verdict => {
      const { kind, transient } = passingFailure(error);
      if (kind === undefined)
        return { next: "stop", outcome: "waitEnded", reason: withAdvice(error) };
      if (streak?.kind !== kind) streak = { kind, since: failingSince(transient, began) };
      const lastedSecs = (clock.monotonicMillis() - streak.since) / 1000;
      const leftSecs =
        Math.min(toleratedSecs[kind], transient?.withinSecs ?? Infinity) - lastedSecs;
      if (leftSecs <= 0) {
        const reason = `the run could not be read for ${Math.floor(lastedSecs)} s: ${withAdvice(error)}`;
        return { next: "stop", outcome: kind === "notFound" ? "missing" : "waitEnded", reason };
      }
      // The client does not wait for a requested pause that is longer than a poll may take.
      return {
        next: "poll",
        pauseSecs: Math.min((transient?.retryAfterMillis ?? 0) / 1000, leftSecs),
      };
    },
  };
}

function passingFailure(error: unknown): {
  readonly kind?: keyof typeof toleratedSecs | undefined;
  readonly transient?: RequestError["transient"];
} {
  if (!(error instanceof RequestError)) return {};
  const { kind, transient } = error;
  if (kind === "notFound") return { kind: "notFound", transient };
  return { kind: transient && "transient", transient };
}

function withAdvice(error: unknown): Message {
  return error instanceof RequestError
    ? sentences(error.message, adviceOn(error))
    : messageOf(error);
}
