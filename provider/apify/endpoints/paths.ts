import { pathSegment } from "../pathSegment";

/** The path of a task, from `/v2` on. */
export function taskPath(actorTaskId: string): string {
  return `/v2/actor-tasks/${pathSegment(actorTaskId)}`;
}

/** The path of a run, from `/v2` on. */
export function runPath(runId: string): string {
  return `/v2/actor-runs/${pathSegment(runId)}`;
}

/** Apify Console shows a task as `username/name`; the API takes `username~name`. */
export function normalizeTaskId(actorTaskId: string): string {
  return actorTaskId.replace("/", "~");
}
