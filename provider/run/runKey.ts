import { createHash } from "node:crypto";
import { canonicalJson } from "./canonicalJson";
import { canonicalIntent } from "./intent";
import type { Intent } from "./intent";

/**
 * The run key: a hash that identifies an intent. It is sent with the start request and stored with the
 * run, so that any later deployment can recognize the run.
 *
 * `owner` is the resource that the intent belongs to; two owners never share a run. The user's own
 * `idempotencyKey` replaces the owner: identical intents with this key share one run
 * (docs/decisions/0004-run-key.md).
 */
export function runKey(owner: string, intent: Intent): string {
  const scope = intent.idempotencyKey === undefined ? { owner } : {};
  const text = canonicalJson({ ...scope, intent: canonicalIntent(intent) });
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** The run key in the form that is added to the `User-Agent`. */
export function runKeyNote(key: string): string {
  return `(run-key ${key})`;
}

/** Whether a run was started with this key. */
export function hasRunKey(userAgent: string | null | undefined, key: string): boolean {
  return userAgent?.includes(runKeyNote(key)) ?? false;
}
