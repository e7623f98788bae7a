import { createHash } from "node:crypto";
import { canonicalJson } from "../run/canonicalJson";
import type { Task } from "../apify/schemas/task";

/** A fingerprint of a saved task's Actor, input and options, but not of its name or title. Pure. */
export function taskFingerprint({ actId, input, options }: Task): string {
  const text = canonicalJson({ actId, input: input ?? {}, options: options ?? {} });
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
