import type { HttpResult } from "./http";

/** What may be done with a request whose answer is not known. */
export type Repeatability =
  /** Sending it again changes nothing more: every GET, abort and delete. */
  | "idempotent"
  /** Sending it again may start a second run: only the start request. */
  | "startsRun";

/** Everything a decision depends on. */
export interface Attempt {
  readonly repeatability: Repeatability;
  readonly result: HttpResult;
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

const firstPauseMillis = 500;
const longestPauseMillis = 30_000;

/** Decides whether a request is sent again. The start request never is: its caller looks for the run first. */
export function decideRetry(attempt: Attempt): RetryDecision {
  const { result, repeatability, remainingMillis } = attempt;
  if (repeatability === "startsRun") return never("a start is never repeated blindly");
  const cause = transientCause(result);
  if (cause === undefined) return never("the answer is final");
  // Never sooner than the server asked, and never at once: "Retry-After: 0" must not become a busy loop.
  const millis = Math.max(
    retryAfterMillis(result) ?? 0,
    backoffMillis(attempt.attempts, attempt.random),
  );
  if (millis >= remainingMillis) return never(`${cause}, and the time for this request is used up`);
  return { retry: "after", millis, reason: cause };
}

function never(reason: string): RetryDecision {
  return { retry: "never", reason };
}

/** Why an answer may be different next time; `undefined` when it will not be. */
function transientCause(result: HttpResult): string | undefined {
  if (result.kind === "notSent") return `no connection (${result.reason})`;
  if (result.kind === "lost") return `no answer (${result.reason})`;
  if (result.status === 429) return "Apify limits the rate of requests (429)";
  if (result.status === 408) return "Apify timed out (408)";
  if (result.status >= 500) return `Apify has a problem (${result.status})`;
  if (result.cutBy === "sizeLimit") return undefined;
  if (result.status < 300 && result.cut !== undefined) return result.cut;
  return undefined;
}

/** Doubling pauses, each drawn from the upper half of its range so that many clients do not move in step. */
export function backoffMillis(attempts: number, random: number): number {
  const ceiling = Math.min(firstPauseMillis * 2 ** (attempts - 1), longestPauseMillis);
  return ceiling * (0.5 + random / 2);
}

/**
 * The pause a server asked for. Seconds or an HTTP date are understood (RFC 9110 §10.2.3), the date
 * measured against the server's own `Date`; anything else counts as not asked.
 */
export function retryAfterMillis(result: HttpResult): number | undefined {
  if (result.kind !== "response") return undefined;
  const text = result.headers["retry-after"]?.trim();
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const until = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : NaN;
  const now = Date.parse(result.headers.date ?? "");
  if (Number.isNaN(until) || Number.isNaN(now)) return undefined;
  return Math.max(until - now, 0);
}
