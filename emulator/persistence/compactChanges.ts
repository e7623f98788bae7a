import { addLogLines, createRunLog } from "../state/runLog";
import type { Change } from "../state/change";
import type { RunLog } from "../state/runLog";

/**
 * The changes that give the same data, without those that later ones replace or undo. The order of
 * those that stay is that of what they change.
 */
export function compactChanges(changes: Iterable<Change>): Change[] {
  const kept = new Map<string, Change>();
  /** The keys of what belongs to a run or a storage, and is deleted with it. */
  const parts = new Map<string, string[]>();
  const logs = new Map<string, RunLog>();
  const keep = (key: string, change: Change, whole?: string): void => {
    if (whole !== undefined && !kept.has(key)) partsOf(whole).push(key);
    kept.set(key, change);
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
      case "alive":
        keep(change.kind, change);
        break;
      case "limits":
      case "usage":
        keep(`${change.kind} ${change.username}`, change);
        break;
      case "actorDeleted":
        keep(`actorDeleted ${change.actorId}`, change);
        break;
      case "build":
        keep(`build ${change.actorId} ${change.build.id}`, change);
        break;
      case "tag": {
        // The last move of a tag counts, and its build may have come after the first one.
        const key = `tag ${change.actorId} ${change.tag}`;
        kept.delete(key);
        keep(key, change);
        break;
      }
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
        // It has the charges until then.
        remove(chargesOf(change.stored.run.id));
        break;
      case "charge":
        keep(`charge ${number}`, change, chargesOf(change.runId));
        break;
      case "delivery":
        keep(`delivery ${change.delivery.dispatch.id}`, change, change.runId);
        break;
      case "runDeleted":
        remove(change.runId);
        remove(chargesOf(change.runId));
        logs.delete(change.runId);
        break;
      case "log": {
        const { runId } = change;
        const log = logs.get(runId) ?? createRunLog();
        logs.set(runId, log);
        // Beyond Apify's limit, it removes the oldest lines.
        addLogLines(log, change.lines);
        keep(`log ${runId}`, { ...change, lines: log.lines }, runId);
        break;
      }
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

function chargesOf(runId: string): string {
  return `charges ${runId}`;
}
