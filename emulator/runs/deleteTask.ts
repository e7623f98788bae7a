import { liveRunsOf } from "../state/runIndex";
import { removeTask } from "../state/tasks";
import { abort } from "./lifecycle";
import type { EmulatorState } from "../state/emulatorState";
import type { Task } from "../state/entities";

/** Deletes a task and aborts its runs that have not ended. Its runs stay, as at Apify. */
export function deleteTask(state: EmulatorState, task: Task): void {
  removeTask(state, task);
  for (const entry of liveRunsOf(state.runIndex, task.userId)) {
    if (entry.run.actorTaskId === task.id) abort(state, entry, "immediately");
  }
}
