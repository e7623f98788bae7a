import type { Change } from "../state/change";

/**
 * The changes that give the same data, without those that later ones replace or undo. The order of
 * those that stay is that of what they change.
 */
export function compactChanges(changes: Iterable<Change>): Change[] {
  const kept = new Map<string, Change>();
  /** The keys of what belongs to a run or a storage, and is deleted with it. */
  const parts = new Map<string, string[]>();
  const keep = (key: string, change: Change, whole?: string): void => {
    kept.set(key, change);
    if (whole !== undefined) partsOf(whole).push(key);
  };
  const partsOf = (whole: string): string[] => {
    const keys = parts.get(whole) ?? [];
    parts.set(whole, keys);
    return keys;
  };
  const remove = (whole: string): void => {
    for (const key of [whole, ...partsOf(whole)]) kept.delete(key);
    parts.delete(whole);
  };
  let number = 0;
  for (const change of changes) {
    number += 1;
    switch (change.kind) {
      case "created":
        keep("created", change);
        break;
      case "limits":
      case "usage":
        keep(`${change.kind} ${change.userId}`, change);
        break;
      case "actorDeleted":
      case "builds":
        keep(`${change.kind} ${change.actorId}`, change);
        break;
      case "task":
        keep(`task ${change.task.id}`, change);
        break;
      case "taskRuns":
        keep(`taskRuns ${change.taskId}`, change);
        break;
      case "taskDeleted":
        // Kept, because the declaration may have the task.
        keep(`task ${change.taskId}`, change);
        break;
      case "run":
        keep(change.stored.run.id, change);
        break;
      case "runDeleted":
        remove(change.runId);
        break;
      case "log":
        keep(`log ${number}`, change, change.runId);
        break;
      case "storage":
        keep(change.storage.id, change);
        break;
      case "storageDeleted":
        remove(change.id);
        break;
      case "items":
        keep(`items ${number}`, change, change.datasetId);
        break;
      case "record":
        keep(recordKey(change), change, change.storeId);
        break;
      case "recordDeleted":
        // Kept, because it is when the store was modified.
        keep(recordKey(change), change, change.storeId);
    }
  }
  return [...kept.values()];
}

function recordKey({ storeId, key }: { readonly storeId: string; readonly key: string }): string {
  return `record ${storeId} ${key}`;
}
