import { invalidValue } from "../http/errors";
import { taskPatch } from "./declaration";
import type { EmulatorState } from "./emulatorState";
import type { Task } from "./entities";

/** Changes the properties of a task that the patch has; throws an ApiError if they are not valid. */
export function editTask(state: EmulatorState, task: Task, patch: unknown): void {
  const parsed = taskPatch.safeParse(patch);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalidValue(`Property "${issue?.path.join(".") ?? ""}": ${issue?.message ?? ""}`);
  }
  const { name, title, actId, input, options } = parsed.data;
  if (name !== undefined) task.name = name;
  if (title !== undefined) task.title = title;
  if (actId !== undefined) task.actId = actId;
  if (input !== undefined) task.input = structuredClone(input);
  if (options !== undefined) task.options = withoutNulls(options ?? {});
  // modifiedAt changes with every edit, even with two in one millisecond.
  const modified = Math.max(state.clock.now(), Date.parse(task.modifiedAt) + 1);
  task.modifiedAt = new Date(modified).toISOString();
}

function withoutNulls(options: object): Task["options"] {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== null && value !== undefined),
  );
}
