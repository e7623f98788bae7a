import { ApiError } from "./errors";
import type { EmulatorState } from "../state/emulatorState";

/**
 * Throws a 500 while changes wait to be recorded. Nothing is answered then, not even a read: the answer
 * could tell of a change that a kill undoes.
 */
export function checkRecorded(state: EmulatorState): void {
  const message = state.journalProblem();
  if (message !== undefined) throw new ApiError("internal-server-error", { message });
}
