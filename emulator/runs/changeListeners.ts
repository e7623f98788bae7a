import { isTerminal } from "../state/run";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";
import type { Run } from "../state/run";

/** Waits until a run is terminal or gone, the time is up, or nobody listens any more. */
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
      state.changeListeners.delete(watcher);
      cancelTimer();
      signal.removeEventListener("abort", settle);
      resolve();
    };
    const watcher = (changed: RunEntry): void => {
      if (changed === entry && isOver()) settle();
    };
    const cancelTimer = state.clock.setTimer(millis, settle);
    state.changeListeners.add(watcher);
    signal.addEventListener("abort", settle);
  });
}

/** Resolves with the first run that fits: one that is there already, or at any later change. */
export function whenRun(state: EmulatorState, predicate: (run: Run) => boolean): Promise<Run> {
  for (const { run } of state.runs.values()) {
    if (predicate(run)) return Promise.resolve(structuredClone(run));
  }
  return new Promise((resolve, reject) => {
    const watcher = ({ run }: RunEntry): void => {
      try {
        if (!predicate(run)) return;
        resolve(structuredClone(run));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
      state.changeListeners.delete(watcher);
    };
    state.changeListeners.add(watcher);
  });
}
