/** Cancels a timer. A second call, or a call after the timer has fired, does nothing. */
export type CancelTimer = () => void;

/** The emulator's source of time, which lets tests do without sleeping. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once, after `millis`. */
  setTimer(millis: number, callback: () => void): CancelTimer;
}

/** A clock that stands still until a test advances it. */
export interface FakeClock extends Clock {
  /** Advances the time and fires the timers that are due, in order; 0 fires those due now. */
  advance(millis: number): void;
  /** The number of timers that have not fired. */
  pendingTimers(): number;
}

/** Node fires a longer timer immediately: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const maxTimerMillis = 2 ** 31 - 1;

/** The system clock. */
export const realClock: Clock = {
  now: () => Date.now(),
  setTimer(millis, callback) {
    let handle: NodeJS.Timeout;
    const arm = (remaining: number): void => {
      const part = Math.min(remaining, maxTimerMillis);
      handle = setTimeout(() => {
        if (remaining > part) arm(remaining - part);
        else callback();
      }, part);
    };
    arm(Math.max(0, millis));
    return () => {
      clearTimeout(handle);
    };
  },
};

interface PendingTimer {
  readonly due: number;
  readonly callback: () => void;
}

/** A clock for tests that begins at `start` (epoch milliseconds). */
export function fakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let now = start;
  const timers = new Set<PendingTimer>();

  const nextDueBy = (limit: number): PendingTimer | undefined => {
    let next: PendingTimer | undefined;
    for (const timer of timers) {
      if (timer.due <= limit && (next === undefined || timer.due < next.due)) next = timer;
    }
    return next;
  };

  return {
    now: () => now,
    setTimer(millis, callback) {
      const timer = { due: now + Math.max(0, millis), callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    advance(millis) {
      const end = now + millis;
      for (let timer = nextDueBy(end); timer !== undefined; timer = nextDueBy(end)) {
        timers.delete(timer);
        now = Math.max(now, timer.due);
        timer.callback();
      }
      now = end;
    },
    pendingTimers: () => timers.size,
  };
}
