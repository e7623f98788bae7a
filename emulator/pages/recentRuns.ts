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
  const all = [...state.runs.values()];
  const selected =
    taskId === "" && status === ""
      ? all
      : all.filter(
          ({ run }) =>
            (taskId === "" || run.actorTaskId === taskId) &&
            (status === "" || run.status === status),
        );
  const end = Math.max(0, selected.length - offset);
  const entries = selected.slice(Math.max(0, end - limit), end).reverse();
  return { total: selected.length, entries };
}
