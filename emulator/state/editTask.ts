import { ApiError } from "../http/errors";
import { isObject } from "../json";
import { taskPatch } from "./taskPatch";
import { storedTask } from "./storedForms";
import { isTaskNameTaken } from "./tasks";
import type { z } from "zod";
import type { EmulatorState } from "./emulatorState";
import type { Task } from "./entities";

/** Properties of a task that a client has sent, checked. */
export type CheckedTaskPatch = z.output<typeof taskPatch>;

/** Checks properties of a task; throws an ApiError with Apify's type if they are not valid. */
export function checkTaskPatch(patch: unknown): CheckedTaskPatch {
  const { input, isPublic } = isObject(patch) ? patch : {};
  if (isPublic === true) throw new ApiError("cannot-publish-actor-task");
  if (input !== undefined && input !== null && !isObject(input)) {
    const kind = Array.isArray(input) ? "array" : typeof input;
    const message = `Actor task input must be object, got "${kind}" instead.`;
    throw new ApiError("invalid-input", { status: 403, message });
  }
  const parsed = taskPatch.safeParse(patch);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const message = `Property "${issue?.path.join(".") ?? ""}": ${issue?.message ?? ""}`;
  throw new ApiError("schema-validation", { message });
}

/** Changes the properties of a task that the patch has; throws an ApiError if they are not valid. */
export function editTask(state: EmulatorState, task: Task, patch: unknown): void {
  const { name, title, description, actId, input, options, actorStandby } = checkTaskPatch(patch);
  if (name !== undefined) {
    if (isTaskNameTaken(state, { owner: { id: task.userId }, name, by: task })) {
      throw new ApiError("actor-task-name-not-unique");
    }
    task.name = name;
  }
  if (title !== undefined) task.title = title;
  if (description !== undefined) task.description = description;
  if (actId !== undefined) task.actId = actId;
  if (input !== undefined) task.input = structuredClone(input);
  if (options !== undefined) task.options = withoutNulls(options ?? {});
  if (actorStandby !== undefined) task.actorStandby = structuredClone(actorStandby);
  // modifiedAt changes with every edit, even with two in one millisecond.
  const modified = Math.max(state.clock.now(), Date.parse(task.modifiedAt) + 1);
  task.modifiedAt = new Date(modified).toISOString();
  state.journal({ kind: "task", task: storedTask(task) });
}

/** Options of a task, of which those that are null are not set. */
export function withoutNulls(options: object): Task["options"] {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== null && value !== undefined),
  );
}
