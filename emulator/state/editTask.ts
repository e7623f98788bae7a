import { invalidValue } from "../http/errors";
import { taskPatch } from "./declaration";
import type { EmulatorState } from "./emulatorState";
import type { Task } from "./entities";

/** Changes the given properties of a task; a property that is not given stays as it is. */
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
  // Two edits within one millisecond are still two edits.
  const modified = Math.max(state.clock.now(), Date.parse(task.modifiedAt) + 1);
  task.modifiedAt = new Date(modified).toISOString();
}

function withoutNulls(options: object): Task["options"] {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== null && value !== undefined),
  );
}
