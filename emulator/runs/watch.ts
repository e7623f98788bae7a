import type { Platform } from "../platform";
import type { RunEntry } from "../state/entities";
import { isTerminal, type Run } from "../state/shapes";

/** Waits until a run is terminal or gone, the time is up, or nobody listens any more. */
export function waitForFinish(
  platform: Platform,
  entry: RunEntry,
  { millis, signal }: { millis: number; signal: AbortSignal },
): Promise<void> {
  const isOver = (): boolean => isTerminal(entry.run.status) || !platform.runs.has(entry.run.id);
  if (millis <= 0 || isOver() || signal.aborted) return Promise.resolve();
  const release = platform.holds.begin();
  return new Promise((resolve) => {
    const settle = (): void => {
      release();
      platform.watchers.delete(watcher);
      cancelTimer();
      signal.removeEventListener("abort", settle);
      resolve();
    };
    const watcher = (changed: RunEntry): void => {
      if (changed === entry && isOver()) settle();
    };
    const cancelTimer = platform.clock.setTimer(millis, settle);
    platform.watchers.add(watcher);
    signal.addEventListener("abort", settle);
  });
}

/** Resolves with the first run that fits: one that is there already, or at any later change. */
export function whenRun(platform: Platform, predicate: (run: Run) => boolean): Promise<Run> {
  for (const { run } of platform.runs.values()) {
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
      platform.watchers.delete(watcher);
    };
    platform.watchers.add(watcher);
  });
}
