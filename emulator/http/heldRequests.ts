/** The requests that are held back on purpose, so that a driver of the clock knows who waits for it. */
export interface HeldRequests {
  /** How many there are now. */
  readonly count: () => number;
  /** Notes one more; what it returns notes its end, and does so once. */
  readonly add: () => () => void;
}

/** Makes the notes of an emulator. */
export function createHeldRequests(): HeldRequests {
  const held = new Set<symbol>();
  return {
    count: () => held.size,
    add: () => {
      const hold = Symbol("hold");
      held.add(hold);
      return () => {
        held.delete(hold);
      };
    },
  };
}
