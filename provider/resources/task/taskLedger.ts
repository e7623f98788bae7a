import type { Task } from "../../apify/schemas/task";

/**
 * A record of one deployment that its operations on Tasks share. The engine does not tell `create` which task it
 * replaces, nor `delete` whether another resource uses the task.
 */
export interface TaskLedger {
  /** Records the name under which the state knows the task of a declared resource. */
  recordNameInState(owner: string, name: string): void;
  /** The name under which the state knows the owner's task; `undefined` for a new resource. */
  nameInState(owner: string): string | undefined;
  /** Records the id under which the state knows the task of a declared resource. */
  recordIdInState(owner: string, taskId: string): void;
  /** The id under which the state knows the owner's task; `undefined` for a new resource, and if nothing was decided about it. */
  idInState(owner: string): string | undefined;
  /** Records the task of a resource in the state, as it now is. `missing`: Apify no longer has it. */
  recordExisting(owner: string, existing: Task | "missing"): void;
  /** The task of a resource in the state; `undefined` if it was not read. */
  existing(owner: string): Task | "missing" | undefined;
  /** Records that a resource of this deployment created, adopted or changed this task. */
  recordUse(taskId: string): void;
  /** Records that the owner is declared and keeps this task. */
  recordKept(owner: string, taskId: string): void;
  /** Records that the owner has given this task up, because it is deleted. */
  recordGivenUp(owner: string, taskId: string): void;
  /** Whether this task is used from now on, although the owner, whose task it was, is deleted or replaced. */
  isInUse(owner: string, taskId: string): boolean;
}

/** Opens the ledger of one deployment. */
export function createTaskLedger(): TaskLedger {
  const names = new Map<string, string>();
  const ids = new Map<string, string>();
  const tasks = new Map<string, Task | "missing">();
  const used = new Set<string>();
  const kept = new Map<string, string>();
  return {
    recordNameInState: (owner, name) => void names.set(owner, name),
    nameInState: (owner) => names.get(owner),
    recordIdInState: (owner, taskId) => void ids.set(owner, taskId),
    idInState: (owner) => ids.get(owner),
    recordExisting: (owner, existing) => void tasks.set(owner, existing),
    existing: (owner) => tasks.get(owner),
    recordUse: (taskId) => void used.add(taskId),
    recordKept: (owner, taskId) => void kept.set(owner, taskId),
    recordGivenUp: (owner, taskId) => {
      if (kept.get(owner) === taskId) kept.delete(owner);
    },
    isInUse: (owner, taskId) =>
      used.has(taskId) || [...kept].some(([other, id]) => other !== owner && id === taskId),
  };
}
