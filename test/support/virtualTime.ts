import { setImmediate as turn } from "node:timers/promises";
import type { Clock as EmulatorClock } from "../../emulator";
import type { Clock as ProviderClock } from "../../provider/apify/clock";
import { agenda } from "./agenda";
import { watchTraffic } from "./traffic";

/**
 * One time for the provider and the emulator, which run in this process and talk over real sockets.
 * It stands still while either has something to do, and jumps to the next timer when both only wait.
 * Whatever is driven may wait for nothing else: for no timer of Node's, no process and no `fetch`.
 */
export interface VirtualTime {
  readonly emulatorClock: EmulatorClock;
  /** A clock for a provider, with a monotonic offset of its own, and so much ahead of the emulator's. Default: 0. */
  providerClock(aheadMillis?: number): ProviderClock;
  /** Drives the time until the work has settled, and gives what came of it. */
  run<T>(work: Promise<T>): Promise<T>;
  /** Drives the time on by so much; what falls due at its end still happens. */
  advance(millis: number): Promise<void>;
}

/** What a virtual time needs to know. */
export interface VirtualTimeOptions {
  /** How many requests the emulator holds back on purpose: `emulator.held()`. */
  readonly held: () => number;
  /** What the providers' clocks draw. Default: always 0.5. */
  readonly random?: () => number;
  /** Epoch milliseconds. Default: the beginning of 2026. */
  readonly start?: number;
}

/** Promises and streams go on for some turns of the event loop after the last byte has come. */
const quietTurns = 5;
/** After so many turns in which nothing happened, nothing ever will. */
const mostQuietTurns = 1_000;
/** Long enough for bytes to travel and threads to compress on the slowest machine. */
const mostBusyTurns = 2_000_000;

/** Makes a time that stands still until it is driven. */
export function createVirtualTime(options: VirtualTimeOptions): VirtualTime {
  const { held, random = () => 0.5, start = Date.UTC(2026, 0, 1) } = options;
  const events = agenda(start);
  const traffic = watchTraffic();
  let clocks = 0;
  let driven = false;

  /** Whether all that is under way is held back, and for how many turns nothing has changed. */
  const observer = (): (() => { calm: boolean; turns: number }) => {
    let last = "";
    let turns = 0;
    return () => {
      const settled = traffic.settledRequests();
      const seen = `${settled ?? "moving"} ${held()} ${traffic.sent()} ${events.changes()}`;
      turns = seen === last ? turns + 1 : 0;
      last = seen;
      return { calm: settled === held(), turns };
    };
  };

  const drive = async (isOver: () => boolean, until: number): Promise<void> => {
    if (driven) throw new Error("The time is driven already; pause with a clock's sleep.");
    driven = true;
    try {
      const observe = observer();
      while (!isOver()) {
        await turn();
        const { calm, turns } = observe();
        if (turns < (calm ? quietTurns : mostBusyTurns)) continue;
        if (calm && events.fireNext(until)) continue;
        if (calm && until < Infinity) return;
        if (calm && turns < mostQuietTurns) continue;
        const why = calm ? "nothing is due" : "something is under way for ever";
        throw new Error(`The work does not end, but ${why}; ${traffic.describe()}.`);
      }
    } finally {
      driven = false;
    }
  };

  return {
    emulatorClock: { now: events.now, setTimer: events.add },
    providerClock: (aheadMillis = 0) => {
      clocks += 1;
      const offset = 7_654.25 * clocks - start;
      return {
        epochMillis: () => events.now() + aheadMillis,
        monotonicMillis: () => events.now() + offset,
        random,
        sleep: (millis, signal) => sleep(events, millis, signal),
      };
    },
    run: async (work) => {
      let settled = false;
      const settle = (): void => {
        settled = true;
      };
      work.then(settle, settle);
      await drive(() => settled, Infinity);
      return work;
    },
    advance: async (millis) => {
      const until = events.now() + millis;
      await drive(() => false, until);
      events.moveTo(until);
    },
  };
}

function sleep(
  events: ReturnType<typeof agenda>,
  millis: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const cancel = events.add(millis, end);
    signal?.addEventListener("abort", end);
  });
}
