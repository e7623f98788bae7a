import type { Clock } from "../../emulator";

/** What libraries use of the return value of `setTimeout`. */
class VirtualTimer {
  constructor(readonly cancel: () => void) {}
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

/**
 * Runs all timers of this process by a clock, until the returned function is called. Node's socket
 * timeouts keep the real time: they are longer than a case takes.
 */
export function useVirtualTimers(clock: Clock): () => void {
  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };

  const setVirtual = (callback: (...args: unknown[]) => void, millis = 0, ...args: unknown[]) =>
    new VirtualTimer(
      clock.setTimer(millis, () => {
        callback(...args);
      }),
    );
  const clearVirtual = (timer?: Parameters<typeof clearTimeout>[0] | VirtualTimer): void => {
    if (timer instanceof VirtualTimer) timer.cancel();
    else real.clearTimeout(timer);
  };
  Object.assign(globalThis, { setTimeout: setVirtual, clearTimeout: clearVirtual });
  return () => {
    Object.assign(globalThis, real);
  };
}
