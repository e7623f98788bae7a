import type { EmulatorState } from "../state/emulatorState";

/** Holds a request open until its client disconnects. */
export function waitForDisconnect(state: EmulatorState, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const release = state.heldRequests.add();
  return new Promise((resolve) => {
    const end = (): void => {
      release();
      resolve();
    };
    signal.addEventListener("abort", end, { once: true });
  });
}

/** Holds a request open until the time is up or its client disconnects. */
export function waitOrDisconnect(
  state: EmulatorState,
  { millis, signal }: { millis: number; signal: AbortSignal },
): Promise<void> {
  const up = new AbortController();
  const cancelTimer = state.clock.setTimer(millis, () => {
    up.abort();
  });
  return waitForDisconnect(state, AbortSignal.any([signal, up.signal])).finally(cancelTimer);
}
