import { createHash } from "node:crypto";
import { canonicalJson } from "../../run/canonicalJson";
import type { Actor } from "../../apify/schemas/actor";
import type { Task } from "../../apify/schemas/task";

/** What `check` adds to the arguments, so that a preview shows what moved: `0.1.3 => 0.1.4`. */
export interface Tracked {
  /** With `trackBuild`: the number of the build that would run now. */
  readonly trackedBuild?: string | undefined;
  /** With `trackTask`: a fingerprint of the saved task. */
  readonly trackedTask?: string | undefined;
}

/** Apify resolves a tag when a run starts. Source: https://docs.apify.com/platform/actors/development/builds-and-runs/builds */
const buildNumber = /^\d+\.\d+\.\d+$/;

/** Whether this names one build for good, so that there is nothing to look up. */
export function isBuildNumber(build: string | null | undefined): boolean {
  return build != null && buildNumber.test(build);
}

/** The number of the build that a start would run; `undefined` when the Actor has no such build. Pure. */
export function buildThatWouldRun(
  build: string | undefined,
  task: Task,
  actor: Actor,
): { readonly tag: string; readonly number: string | undefined } {
  const tag = build ?? task.options?.build ?? actor.defaultRunOptions?.build ?? "latest";
  const number = isBuildNumber(tag) ? tag : actor.taggedBuilds?.[tag]?.buildNumber;
  return { tag, number: number ?? undefined };
}

/** A fingerprint of what a saved task runs: its Actor, input and options; not its name or title. Pure. */
export function taskFingerprint({ actId, input, options }: Task): string {
  const text = canonicalJson({ actId, input: input ?? {}, options: options ?? {} });
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
