import { checkTaskPatch, editTask, withoutNulls } from "../state/editTask";
import { findActor } from "../state/lookup";
import { schemaOf } from "./createTask";
import { checkSavedInput } from "./input";
import type { JsonObject } from "../json";
import type { EmulatorState } from "../state/emulatorState";
import type { Task } from "../state/entities";

/**
 * Changes a task as a client asks; returns it.
 *
 * @throws ApiError if a property is not valid, or the Actor's schema does not allow the input
 */
export function updateTask(state: EmulatorState, task: Task, patch: JsonObject): Task {
  // The Actor of a task cannot be changed over the API.
  const given = { ...patch };
  delete given.actId;
  const { input, options } = checkTaskPatch(given);
  if (input) {
    const effective = options === undefined ? task.options : withoutNulls(options ?? {});
    checkSavedInput(schemaOf(findActor(state, task.actId), effective), input);
  }
  editTask(state, task, given);
  return task;
}
