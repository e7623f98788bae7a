/** Calls off a timer; calling it twice, or after the timer fired, does nothing. */
export type CancelTimer = () => void;

/** Where the emulator gets the time from, so that its tests need not sleep. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once, after `millis`. */
  setTimer(millis: number, callback: () => void): CancelTimer;
}

/** A clock that stands still until it is told to move. */
export interface FakeClock extends Clock {
  /** Moves the time on and fires, in order, what falls due; `advance(0)` fires what is due now. */
  advance(millis: number): void;
  /** How many timers are waiting. */
  pendingTimers(): number;
}

/** Node fires a longer timer at once: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const longestTimerMillis = 2 ** 31 - 1;

/** The machine's own clock. */
export const realClock: Clock = {
  now: () => Date.now(),
  setTimer(millis, callback) {
    let handle: NodeJS.Timeout;
    const arm = (rest: number): void => {
      const leg = Math.min(rest, longestTimerMillis);
      handle = setTimeout(() => {
        if (rest > leg) arm(rest - leg);
        else callback();
      }, leg);
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

/** A clock for tests, standing at `start` (epoch milliseconds). */
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
