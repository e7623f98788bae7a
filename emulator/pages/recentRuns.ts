import { runList } from "../state/runIndex";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

/** Which runs of all accounts to show; an empty text selects all. */
export interface RunSelection {
  readonly taskId?: string;
  readonly status?: string;
  readonly offset?: number;
  readonly limit: number;
}

/** A page of the list of runs, newest first, and how many runs the whole list has. */
export function recentRuns(
  state: EmulatorState,
  { taskId = "", status = "", offset = 0, limit }: RunSelection,
): { total: number; entries: RunEntry[] } {
  const all = taskId === "" ? [...state.runs.values()] : runsOfTask(state, taskId);
  const selected = status === "" ? all : all.filter(({ run }) => run.status === status);
  const end = Math.max(0, selected.length - offset);
  const entries = selected.slice(Math.max(0, end - limit), end).reverse();
  return { total: selected.length, entries };
}

function runsOfTask({ tasks, runIndex }: EmulatorState, taskId: string): readonly RunEntry[] {
  const task = tasks.find(({ id }) => id === taskId);
  return task === undefined ? [] : runList(runIndex, { userId: task.userId, taskId });
}
