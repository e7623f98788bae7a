import type { Transient } from "./classify";

/** Everything that the pause depends on. */
export interface Attempt {
  readonly transient: Transient;
  /** How many attempts were made, this one included: 1, 2, … */
  readonly attempts: number;
  /** Milliseconds left until the deadline that all attempts share. */
  readonly remainingMillis: number;
  /** A number in [0, 1) for the jitter. */
  readonly random: number;
}

const firstPauseMillis = { unavailable: 500, rate: 500, capacity: 5_000 } as const;
const longestPauseMillis = 30_000;

/** The pause in milliseconds before a request is sent again; `undefined` when there is no time for it. Pure. */
export function retryPauseMillis(attempt: Attempt): number | undefined {
  const { transient, remainingMillis } = attempt;
  // Never sooner than the server asked, and never at once: "Retry-After: 0" must not become a busy loop.
  const millis = Math.max(
    transient.retryAfterMillis ?? 0,
    backoffMillis(attempt.attempts, attempt.random, firstPauseMillis[transient.kind]),
  );
  return millis < remainingMillis ? millis : undefined;
}

/** Doubling pauses, each drawn from the upper half of its range so that many clients do not move in step. */
export function backoffMillis(attempts: number, random: number, firstMillis: number): number {
  const ceiling = Math.min(firstMillis * 2 ** (attempts - 1), longestPauseMillis);
  return ceiling * (0.5 + random / 2);
}
