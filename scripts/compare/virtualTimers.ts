import type { Clock } from "../../emulator";

/** A timer of the virtual time, as far as libraries use what `setTimeout` gives them. */
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
 * Puts the timers of everything in this process on a clock, until what it returns is called. Node's
 * own time-outs of sockets stay on the real time: they are longer than a case takes.
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
