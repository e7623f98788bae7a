import { parseMillis } from "./clock";
import type { HttpResult } from "./http";

/** Why the same request may succeed later. */
export interface Transient {
  /** `capacity`: the account has no free memory or run slot. `rate`: too many requests. `unavailable`: any other transient failure. */
  readonly kind: "capacity" | "rate" | "unavailable";
  readonly reason: string;
  /** The pause that the server requested, in milliseconds; `undefined` if it requested none. */
  readonly retryAfterMillis: number | undefined;
  /** Seconds after which retrying is pointless. Default: the caller's own limit. */
  readonly withinSecs?: number | undefined;
}

/** What the pause before a retry depends on. */
export interface Attempt {
  readonly transient: Transient;
  /** The number of attempts, including this one: 1, 2, … */
  readonly attempts: number;
  /** Milliseconds left until the deadline that all attempts share. */
  readonly remainingMillis: number;
  /** A number in [0, 1) for the jitter. */
  readonly random: number;
}

const firstPauseMillis = { unavailable: 500, rate: 500, capacity: 5_000 } as const;
const longestPauseMillis = 30_000;

/** The pause in milliseconds before a request is sent again; `undefined` if there is no time for it. Pure. */
export function retryPauseMillis(attempt: Attempt): number | undefined {
  const { transient, remainingMillis } = attempt;
  // Never shorter than what the server requested, and never zero: "Retry-After: 0" must not cause a busy loop.
  const millis = Math.max(
    transient.retryAfterMillis ?? 0,
    backoffMillis(attempt.attempts, attempt.random, firstPauseMillis[transient.kind]),
  );
  return millis < remainingMillis ? millis : undefined;
}

/** Doubling pauses, each drawn from the upper half of its range so that many clients do not retry in step. */
export function backoffMillis(attempts: number, random: number, firstMillis: number): number {
  const ceiling = Math.min(firstMillis * 2 ** (attempts - 1), longestPauseMillis);
  return ceiling * (0.5 + random / 2);
}

/**
 * The pause that a server requested in `Retry-After`, in milliseconds; `undefined` if the header is
 * missing or unreadable. It holds seconds or an HTTP date (RFC 9110 §10.2.3). A date is compared with the
 * server's own `Date`, since this machine's clock may be wrong.
 */
export function retryAfterMillis(result: HttpResult): number | undefined {
  if (result.kind !== "response") return undefined;
  const text = result.headers["retry-after"]?.trim();
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const until = /^[A-Za-z]{3,9},? /.test(text) ? parseMillis(text) : undefined;
  const now = parseMillis(result.headers.date);
  if (until === undefined || now === undefined) return undefined;
  return Math.max(until - now, 0);
}
