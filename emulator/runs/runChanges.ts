import { isTerminal } from "../state/run";
import { followStatus } from "../state/runIndex";
import { storedRun } from "../state/storedForms";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";
import type { Run } from "../state/run";

/** Call after every change of a run, and after its removal. */
export function notifyChange(state: EmulatorState, entry: RunEntry): void {
  followStatus(state.runIndex, entry);
  journalRun(state, entry);
  tellListeners(state, entry);
}

/** Tells that a run has changed, or was removed. */
export function tellListeners({ changeListeners }: EmulatorState, entry: RunEntry): void {
  for (const listener of [...changeListeners]) listener(entry);
}

/** Records a run as it is now, or that it was removed. */
function journalRun(state: EmulatorState, entry: RunEntry): void {
  const { id } = entry.run;
  if (state.runs.has(id)) state.journal({ kind: "run", stored: storedRun(entry) });
  else state.journal({ kind: "runDeleted", runId: id });
}

/** Waits until the run ends or is removed, the time is up, or the client disconnects. */
export function waitForFinish(
  state: EmulatorState,
  entry: RunEntry,
  { millis, signal }: { millis: number; signal: AbortSignal },
): Promise<void> {
  const isOver = (): boolean => isTerminal(entry.run.status) || !state.runs.has(entry.run.id);
  if (millis <= 0 || isOver() || signal.aborted) return Promise.resolve();
  const release = state.heldRequests.add();
  return new Promise((resolve) => {
    const settle = (): void => {
      release();
      state.changeListeners.delete(listener);
      cancelTimer();
      signal.removeEventListener("abort", settle);
      resolve();
    };
    const listener = (changed: RunEntry): void => {
      if (changed === entry && isOver()) settle();
    };
    const cancelTimer = state.clock.setTimer(millis, settle);
    state.changeListeners.add(listener);
    signal.addEventListener("abort", settle);
  });
}

/** Resolves with a copy of the first run that matches, now or after any later change. */
export function whenRun(state: EmulatorState, predicate: (run: Run) => boolean): Promise<Run> {
  for (const { run } of state.runs.values()) {
    if (predicate(run)) return Promise.resolve(structuredClone(run));
  }
  return new Promise((resolve, reject) => {
    const listener = ({ run }: RunEntry): void => {
      try {
        if (!predicate(run)) return;
        resolve(structuredClone(run));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
      state.changeListeners.delete(listener);
    };
    state.changeListeners.add(listener);
  });
}
