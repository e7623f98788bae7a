import type { Task } from "../../apify/schemas/task";

/**
 * A record of one deployment that its operations on Tasks share. The engine does not tell `create` which task it
 * replaces, nor `delete` whether another resource uses the task.
 */
export interface TaskLedger {
  /** Records the name under which the state knows the task of a declared resource. */
  recordRecordedName(owner: string, name: string): void;
  /** The name under which the state knows the owner's task; `undefined` for a new resource. */
  recordedName(owner: string): string | undefined;
  /** Records the task of a resource in the state, as it now is. `missing`: Apify no longer has it. */
  recordExisting(owner: string, existing: Task | "missing"): void;
  /** The task of a resource in the state; `undefined` if it was not read. */
  existing(owner: string): Task | "missing" | undefined;
  /** Records that a resource uses this task from now on. */
  recordUse(taskId: string): void;
  /** Whether a resource of this deployment uses this task, although another one that had it is deleted. */
  isInUse(taskId: string): boolean;
}

/** Opens the ledger of one deployment. */
export function createTaskLedger(): TaskLedger {
  const names = new Map<string, string>();
  const tasks = new Map<string, Task | "missing">();
  const used = new Set<string>();
  return {
    recordRecordedName: (owner, name) => void names.set(owner, name),
    recordedName: (owner) => names.get(owner),
    recordExisting: (owner, existing) => void tasks.set(owner, existing),
    existing: (owner) => tasks.get(owner),
    recordUse: (taskId) => void used.add(taskId),
    isInUse: (taskId) => used.has(taskId),
  };
}
