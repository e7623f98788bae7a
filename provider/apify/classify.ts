import { handlingOf } from "./errorTypes";
import { serverMillis } from "./serverTime";
import type { HttpResult } from "./http";

/** Why the same request may be answered otherwise later. */
export interface Transient {
  /** `capacity`: the account has no free memory or concurrent run. `rate`: too many requests. `trouble`: anything else that passes. */
  readonly kind: "capacity" | "rate" | "unavailable";
  readonly reason: string;
  /** The pause that the server asked for, in milliseconds; `undefined` when it did not. */
  readonly retryAfterMillis: number | undefined;
  /** Seconds after which it no longer pays to try. Default: as long as the caller has patience. */
  readonly withinSecs?: number | undefined;
}

/** What a request that failed may have done at Apify. */
export type Effect = "none" | "unknown";

/** What an error answer means for the request: what it may have done, and whether it may be sent again. */
export interface Classification {
  readonly effect: Effect;
  /** `undefined` when asking again would end the same. */
  readonly transient: Transient | undefined;
}

/**
 * Classifies an error answer. Apify's type says more than the status, which differs from case to case
 * (a full account is 402 or 400); but after a 408 or a 5xx nothing that the answer says is trusted, since
 * the server may have done what was asked. Pure.
 */
export function classify(
  status: number,
  type: string | undefined,
  retryAfterMillis: number | undefined,
): Classification {
  const transient = (kind: Transient["kind"], reason: string): Transient => ({
    kind,
    reason,
    retryAfterMillis,
  });
  if (status === 408) {
    return { effect: "unknown", transient: transient("unavailable", "Apify timed out (408)") };
  }
  if (status >= 500) {
    const reason = `Apify has a problem (${status})`;
    return { effect: "unknown", transient: transient("unavailable", reason) };
  }
  const retry = handlingOf(type)?.retry;
  if (retry !== undefined) {
    return { effect: retry.effect, transient: transient(retry.kind, retry.reason) };
  }
  const isRate = status === 429;
  return {
    effect: "none",
    transient: isRate ? transient("rate", "Apify limits the rate of requests (429)") : undefined,
  };
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
  const now = serverMillis(result.headers);
  if (Number.isNaN(until) || now === undefined) return undefined;
  return Math.max(until - now, 0);
}
