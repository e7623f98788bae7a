import type { Platform } from "../platform";

/** Holds a request until its client goes away. */
export function hold(platform: Platform, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const release = platform.holds.begin();
  return new Promise((resolve) => {
    const end = (): void => {
      release();
      resolve();
    };
    signal.addEventListener("abort", end, { once: true });
  });
}

/** Holds a request until the time is up, or its client goes away. */
export function pause(
  platform: Platform,
  { millis, signal }: { millis: number; signal: AbortSignal },
): Promise<void> {
  const up = new AbortController();
  const cancelTimer = platform.clock.setTimer(millis, () => {
    up.abort();
  });
  return hold(platform, AbortSignal.any([signal, up.signal])).finally(cancelTimer);
}
