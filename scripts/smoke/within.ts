import type { Clock } from "../../provider/apify/clock";

/** A value, and the seconds until it was there. */
export interface Found<T> {
  readonly value: T;
  readonly secs: number;
}

/** Tries twice a second, until there is a value; `undefined` if there is none within the limit. */
export type Within = <T>(
  limitSecs: number,
  probe: () => Promise<T | undefined>,
) => Promise<Found<T> | undefined>;

const pauseMillis = 500;

/** Creates a function that tries until there is a value, or until the signal is aborted. */
export function createWithin(clock: Clock, signal: AbortSignal): Within {
  return async (limitSecs, probe) => {
    const began = clock.monotonicMillis();
    for (;;) {
      const value = await probe();
      const secs = (clock.monotonicMillis() - began) / 1000;
      if (value !== undefined) return { value, secs };
      if (secs >= limitSecs || signal.aborted) return undefined;
      await clock.sleep(pauseMillis, signal);
    }
  };
}
