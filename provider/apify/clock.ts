/**
 * Time and randomness, injected so that tests control both. Everything in this package that waits, measures
 * time or needs a random number does so through a `Clock`.
 */
export interface Clock {
  /** Epoch milliseconds, by this machine's clock. It may be wrong, so use it only for the age of data. */
  epochMillis(): number;
  /** Milliseconds on a clock that never goes backwards. Only the difference between two readings has a meaning. */
  monotonicMillis(): number;
  /** Resolves after `millis`, or as soon as `signal` is aborted; it never rejects. */
  sleep(millis: number, signal?: AbortSignal): Promise<void>;
  /** A number in [0, 1), for jitter. */
  random(): number;
}

/** A timer set for longer than this fires at once: Node keeps delays in a signed 32-bit integer. */
const longestTimerMillis = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: Clock = {
  epochMillis: Date.now,
  monotonicMillis: () => performance.now(),
  sleep: (millis, signal) =>
    new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", finish);
        resolve();
      };
      const timer = setTimeout(finish, Math.min(Math.max(millis, 0), longestTimerMillis));
      if (signal?.aborted) finish();
      else signal?.addEventListener("abort", finish);
    }),
  random: Math.random,
};

/** A date in text form, such as ISO 8601 or an HTTP date, in epoch milliseconds; `undefined` if it is missing or not a date. */
export function parseMillis(text: string | null | undefined): number | undefined {
  const millis = Date.parse(text ?? "");
  return Number.isNaN(millis) ? undefined : millis;
}

/** Whether a time is later than another, both in text form; false unless both are known. */
export function isLater(
  time: string | null | undefined,
  other: string | null | undefined,
): boolean {
  const [millis, otherMillis] = [parseMillis(time), parseMillis(other)];
  return millis !== undefined && otherMillis !== undefined && millis > otherMillis;
}
