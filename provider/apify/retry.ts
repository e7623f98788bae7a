import type { Obstacle } from "./obstacle";

/** Everything a decision depends on. */
export interface Attempt {
  /** What `obstacleOf` made of the result. */
  readonly obstacle: Obstacle | undefined;
  /** How many attempts were made, this one included: 1, 2, … */
  readonly attempts: number;
  /** Milliseconds left until the deadline that all attempts share. */
  readonly remainingMillis: number;
  /** A number in [0, 1) for the jitter. */
  readonly random: number;
}

/** Whether to send the request again, and why or why not. */
export type RetryDecision =
  | { readonly retry: "after"; readonly millis: number; readonly reason: string }
  | { readonly retry: "never"; readonly reason: string };

const firstPauseMillis = { trouble: 500, rate: 500, capacity: 5_000 } as const;
const longestPauseMillis = 30_000;

/** Decides whether a request is sent again. Pure. */
export function decideRetry(attempt: Attempt): RetryDecision {
  const { obstacle, remainingMillis } = attempt;
  if (obstacle === undefined) return { retry: "never", reason: "the answer is final" };
  // Never sooner than the server asked, and never at once: "Retry-After: 0" must not become a busy loop.
  const millis = Math.max(
    obstacle.askedMillis ?? 0,
    backoffMillis(attempt.attempts, attempt.random, firstPauseMillis[obstacle.kind]),
  );
  if (millis >= remainingMillis) {
    return { retry: "never", reason: `${obstacle.reason}, and the time for this is used up` };
  }
  return { retry: "after", millis, reason: obstacle.reason };
}

/** Doubling pauses, each drawn from the upper half of its range so that many clients do not move in step. */
export function backoffMillis(attempts: number, random: number, firstMillis: number): number {
  const ceiling = Math.min(firstMillis * 2 ** (attempts - 1), longestPauseMillis);
  return ceiling * (0.5 + random / 2);
}
