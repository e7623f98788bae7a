import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

/** Sets a named timer of a run; it replaces an earlier timer of the same name. */
export function setRunTimer(
  state: EmulatorState,
  entry: RunEntry,
  timer: { name: string; millis: number; callback: () => void },
): void {
  entry.timers.get(timer.name)?.();
  const cancel = state.clock.setTimer(timer.millis, () => {
    entry.timers.delete(timer.name);
    timer.callback();
  });
  entry.timers.set(timer.name, cancel);
}

/** Cancels all timers of a run. */
export function cancelRunTimers(entry: RunEntry): void {
  for (const cancel of entry.timers.values()) cancel();
  entry.timers.clear();
}
