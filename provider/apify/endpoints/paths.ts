import { pathSegment } from "../pathSegment";

/** The path of a task, from `/v2` on. */
export function taskPath(actorTaskId: string): string {
  return `/v2/actor-tasks/${pathSegment(actorTaskId)}`;
}

/** The path of a run, from `/v2` on. */
export function runPath(runId: string): string {
  return `/v2/actor-runs/${pathSegment(runId)}`;
}

/** Apify Console shows a task or an Actor as `username/name`; the API takes `username~name`. */
export function normalizeId(id: string): string {
  return id.replace("/", "~");
}
