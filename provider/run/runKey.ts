import { createHash } from "node:crypto";
import { canonicalJson } from "./canonicalJson";
import { canonicalIntent } from "./intent";
import type { Intent } from "./intent";

/**
 * The run key: one text for one intent. It goes with the start request, Apify stores it with the
 * run, and so a run can be told to be the one that was wanted, by whoever looks, whenever.
 *
 * `owner` is what the intent belongs to; two owners never share a run. An `idempotencyKey` of the
 * user's own takes the owner's place: everybody who gives the same key for the same intent shares
 * one run (docs/decisions/0004-run-key.md).
 */
export function runKey(owner: string, intent: Intent): string {
  const scope = intent.idempotencyKey === undefined ? { owner } : {};
  const text = canonicalJson({ ...scope, intent: canonicalIntent(intent) });
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** The run key as it stands in the `User-Agent`. */
export function runKeyNote(key: string): string {
  return `(run-key ${key})`;
}

/** Whether a run was started with this key. */
export function hasRunKey(userAgent: string | null | undefined, key: string): boolean {
  return userAgent?.includes(runKeyNote(key)) ?? false;
}
