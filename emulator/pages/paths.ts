/** The page of a run. */
export function runPath(id: string): string {
  return `/actors/runs/${encodeURIComponent(id)}`;
}

/** The page of a task. */
export function taskPath(id: string): string {
  return `/actors/tasks/${encodeURIComponent(id)}`;
}

/** The page of an Actor. */
export function actorPath(id: string): string {
  return `/actors/${encodeURIComponent(id)}`;
}

/** The page of a dataset. */
export function datasetPath(id: string): string {
  return `/storage/datasets/${encodeURIComponent(id)}`;
}

/** The page of a key-value store. */
export function storePath(id: string): string {
  return `/storage/key-value-stores/${encodeURIComponent(id)}`;
}
