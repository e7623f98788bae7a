import type { Clock } from "../../provider/apify/clock";

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Lets time pass; every sleep that falls due ends, the earliest first. */
  advance(millis: number): void;
  /** The length of every sleep so far, in order. */
  readonly sleeps: readonly number[];
  /** The lengths of the sleeps that have not ended. */
  pending(): number[];
}

interface FakeClockOptions {
  /** What `random()` answers. Default: 0.5. */
  readonly random?: number;
}

interface AutoClockOptions extends FakeClockOptions {
  /** Which sleeps wait for time to pass all the same. Default: none. */
  readonly holds?: (millis: number, signal: AbortSignal | undefined) => boolean;
}

const mostSleeps = 10_000;

/** What `monotonicMillis` begins with, so that no test takes it for the time of day. */
const begin = 1_000;
const epochAtZero = Date.UTC(2026, 0, 1) - begin;

/** For `holds`: a time-out is a sleep that its owner can end, a pause is one that nobody can. */
export function endable(_millis: number, signal: AbortSignal | undefined): boolean {
  return signal !== undefined;
}

/** Sleeps end by `advance` or by their signal alone. */
export function createFakeClock(options: FakeClockOptions = {}): FakeClock {
  return createAutoClock({ ...options, holds: () => true });
}

/** Sleeps end at once and let their time pass, apart from those it is told to hold. */
export function createAutoClock(options: AutoClockOptions = {}): FakeClock {
  const holds = options.holds ?? (() => false);
  const sleeps: number[] = [];
  const pending = new Set<{ readonly millis: number; readonly due: number; end(): void }>();
  let now = begin;

  const advance = (millis: number): void => {
    now += millis;
    const due = [...pending].filter((sleep) => sleep.due <= now).sort((a, b) => a.due - b.due);
    for (const sleep of due) sleep.end();
  };

  return {
    sleeps,
    advance,
    pending: () => [...pending].map((sleep) => sleep.millis),
    epochMillis: () => epochAtZero + now,
    monotonicMillis: () => now,
    random: () => options.random ?? 0.5,
    sleep: (millis, signal) => {
      sleeps.push(millis);
      // A loop that no timer interrupts would outlast mocha's own time-out.
      if (sleeps.length > mostSleeps) throw new Error("the code under test sleeps without end");
      if (signal?.aborted || millis <= 0) return Promise.resolve();
      if (!holds(millis, signal)) {
        advance(millis);
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const end = (): void => {
          pending.delete(sleep);
          signal?.removeEventListener("abort", end);
          resolve();
        };
        const sleep = { millis, due: now + millis, end };
        pending.add(sleep);
        signal?.addEventListener("abort", end, { once: true });
      });
    },
  };
}
