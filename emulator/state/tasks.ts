import { timestamp } from "./emulatorState";
import { storedTask } from "./storedForms";
import type { EmulatorState } from "./emulatorState";
import type { Task, User } from "./entities";

/** What a new task consists of. */
export interface NewTask extends Pick<Task, "actId" | "name" | "title" | "input" | "options"> {
  readonly owner: User;
  readonly id?: string;
  /** @default now */
  readonly createdAt?: string;
  readonly description?: string | null | undefined;
  readonly actorStandby?: Task["actorStandby"] | undefined;
}

/** Adds a task to an account. */
export function addTask(state: EmulatorState, { owner, ...given }: NewTask): Task {
  const createdAt = given.createdAt ?? timestamp(state);
  const task: Task = {
    id: given.id ?? state.newId(),
    userId: owner.id,
    username: owner.username,
    actId: given.actId,
    name: given.name,
    title: given.title,
    description: given.description ?? null,
    input: structuredClone(given.input),
    options: given.options,
    actorStandby: structuredClone(given.actorStandby ?? null),
    createdAt,
    modifiedAt: createdAt,
    totalRuns: 0,
  };
  state.tasks.push(task);
  state.journal({ kind: "task", task: storedTask(task) });
  return task;
}

/** Counts a new run of a task. */
export function countTaskRun(state: EmulatorState, task: Task): void {
  task.totalRuns += 1;
  state.journal({ kind: "taskRuns", taskId: task.id, totalRuns: task.totalRuns });
}

/** Removes a task. Its runs stay. */
export function removeTask(state: EmulatorState, task: Task): void {
  const at = state.tasks.indexOf(task);
  if (at === -1) return;
  state.tasks.splice(at, 1);
  state.journal({ kind: "taskDeleted", taskId: task.id });
}

/** Whether the account has another task of this name. Names differ in more than their case. */
export function isTaskNameTaken(
  state: EmulatorState,
  {
    owner,
    name,
    by,
  }: { readonly owner: { id: string }; readonly name: string; readonly by?: Task },
): boolean {
  const lowerName = name.toLowerCase();
  return state.tasks.some(
    (task) => task !== by && task.userId === owner.id && task.name.toLowerCase() === lowerName,
  );
}
