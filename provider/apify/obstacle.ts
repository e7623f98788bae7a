import { parseErrorBody } from "./errors";
import { redactionOf } from "./redaction";
import { serverMillis } from "./serverTime";
import type { HttpResult } from "./http";

/** What sending a request again would do when nobody knows what became of it. */
export type Repeatability =
  /** Nothing more than the first time: every GET, abort and delete. */
  | "idempotent"
  /** Perhaps start a second run: only the start request. */
  | "startsRun";

/** Why the same request may be answered otherwise later. */
export interface Obstacle {
  /** `capacity`: the account has no free memory or concurrent run. `rate`: too many requests. `trouble`: anything else that passes. */
  readonly kind: "capacity" | "rate" | "trouble";
  readonly reason: string;
  /** The pause that the server asked for, in milliseconds; `undefined` when it did not. */
  readonly askedMillis: number | undefined;
}

/**
 * What stood in the way of a request; `undefined` when asking again would end the same, or might
 * start a second run. A start is repeated only when Apify cannot have done it: whatever leaves
 * that open is for its caller, who looks for the run first. Pure.
 */
export function obstacleOf(result: HttpResult, repeatability: Repeatability): Obstacle | undefined {
  const askedMillis = retryAfterMillis(result);
  const obstacle = (kind: Obstacle["kind"], reason: string): Obstacle => ({
    kind,
    reason,
    askedMillis,
  });
  if (result.kind === "notSent") return obstacle("trouble", `no connection (${result.reason})`);
  if (result.kind === "response") {
    if (result.status === 429) return obstacle("rate", "Apify limits the rate of requests (429)");
    const full = lackOfCapacity(result);
    if (full !== undefined) return obstacle("capacity", full);
  }
  if (repeatability === "startsRun") return undefined;
  const trouble = troubleOf(result);
  return trouble === undefined ? undefined : obstacle("trouble", trouble);
}

type Response = Extract<HttpResult, { kind: "response" }>;
type Sent = Exclude<HttpResult, { kind: "notSent" }>;

/** Why a request that reached Apify, or may have, got no final answer. */
function troubleOf(result: Sent): string | undefined {
  if (result.kind === "lost") return `no answer (${result.reason})`;
  if (result.status === 408) return "Apify timed out (408)";
  if (result.status >= 500) return `Apify has a problem (${result.status})`;
  if (result.cutBy === "sizeLimit") return undefined;
  return result.status < 300 ? result.cut : undefined;
}

/**
 * What Apify calls a full account. It is told by type, since the status is 402 or 400.
 * Source: https://docs.apify.com/platform/limits
 */
const capacityTypes: ReadonlyMap<string | undefined, string> = new Map([
  ["actor-memory-limit-exceeded", "the account's memory is in use"],
  ["memory-limit-exceeded", "the account's memory is in use"],
  ["concurrent-runs-limit-exceeded", "the account has as many runs as it may have at once"],
  ["cannot-start-actor-runs", "the account cannot start another run now"],
]);

function lackOfCapacity(result: Response): string | undefined {
  // Apify refuses with a 4xx and does nothing then; a 5xx that says so is not to be trusted.
  if (result.status < 400 || result.status >= 500) return undefined;
  return capacityTypes.get(parseErrorBody(result.body.toString("utf8"), redactionOf("")).type);
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
