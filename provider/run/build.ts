import type { Actor } from "../apify/schemas/actor";
import type { Task } from "../apify/schemas/task";

/** Apify resolves a tag when a run starts. Source: https://docs.apify.com/platform/actors/development/builds-and-runs/builds */
const buildNumber = /^\d+\.\d+\.\d+$/;

/** Whether this is a build number. A number always names the same build, so it need not be looked up. */
export function isBuildNumber(build: string | null | undefined): boolean {
  return build != null && buildNumber.test(build);
}

/** The build that a start would run now: its tag, and its number unless the Actor has no such build. Pure. */
export function buildThatWouldRun(
  build: string | undefined,
  task: Task,
  actor: Actor,
): { readonly tag: string; readonly number: string | undefined } {
  const tag = build ?? task.options?.build ?? actor.defaultRunOptions?.build ?? "latest";
  const number = isBuildNumber(tag) ? tag : actor.taggedBuilds?.[tag]?.buildNumber;
  return { tag, number: number ?? undefined };
}
