import { subjectByName, subjectByPattern } from "./errorTypes";
import type { ErrorSubject } from "./errorTypes";
import type { Transient } from "./retry";

/** What a failed request may have done at Apify. */
export type Effect = "none" | "unknown";

/**
 * The meaning of an error response. Whatever decides about a failed request asks this, and not the status or
 * the error type. Only texts about a refused token and about proxies look at the status themselves.
 */
export interface Classification {
  /** `notFound`: Apify does not have the object that the request names. */
  readonly kind: "notFound" | "errorResponse";
  readonly subject: ErrorSubject;
  readonly effect: Effect;
  /** `undefined` if the same request would fail again. */
  readonly transient: Transient | undefined;
}

/**
 * Classifies an error response. Apify's error type says more than the status, which varies (a full
 * account is 402 or 400). After a 408 or a 5xx, though, Apify may have processed the request, whatever the
 * type says. Pure.
 */
export function classify(
  status: number,
  type: string | undefined,
  retryAfterMillis: number | undefined,
): Classification {
  const subject = subjectByName(type) ?? subjectByStatus(status, type);
  const retry = status === 408 || status >= 500 ? serverFailure(status) : retries[subject];
  return {
    kind: status === 404 ? "notFound" : "errorResponse",
    subject,
    effect: retry?.effect ?? "none",
    transient: retry && { kind: retry.kind, reason: retry.reason, retryAfterMillis },
  };
}

/** Why a request can be retried, and what the failed attempt may have done. */
interface Retry extends Pick<Transient, "kind" | "reason"> {
  readonly effect: Effect;
}

/** The subjects of errors that pass with time. */
const retries: Readonly<Partial<Record<ErrorSubject, Retry>>> = {
  memory: { kind: "capacity", reason: "all of the account's memory is in use", effect: "none" },
  concurrentRuns: {
    kind: "capacity",
    reason: "the account has reached its limit of concurrent runs",
    effect: "none",
  },
  startCapacity: {
    kind: "capacity",
    reason: "the account cannot start another run now",
    effect: "none",
  },
  rate: { kind: "rate", reason: "Apify is rate-limiting requests (429)", effect: "none" },
  conflict: {
    kind: "unavailable",
    reason: "Apify did not accept the request this time",
    effect: "none",
  },
  interruption: { kind: "unavailable", reason: "Apify aborted the request", effect: "unknown" },
};

function serverFailure(status: number): Retry {
  const reason = status === 408 ? "Apify timed out (408)" : `Apify had a server error (${status})`;
  return { kind: "unavailable", reason, effect: "unknown" };
}

/** The subject of a response whose type `subjectByName` does not know. A response without a type may not come from Apify. */
function subjectByStatus(status: number, type: string | undefined): ErrorSubject {
  if (status === 401) return "token";
  if (status === 402) return "billing";
  if (status === 407) return "proxyLogin";
  if (status === 408 || status >= 500) return "apifyProblem";
  if (status === 429) return "rate";
  const byPattern = subjectByPattern(type);
  if (byPattern !== undefined) return byPattern;
  if (status === 404) return type === undefined ? "notApifyOrMissing" : "missingResource";
  if (type === undefined) return "notApify";
  return status === 403 ? "permissionsOrPlan" : "other";
}
