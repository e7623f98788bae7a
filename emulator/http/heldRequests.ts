/** Counts the requests that the emulator holds open on purpose: long polls and stalled answers. */
export interface HeldRequests {
  /** The number of requests held open now. */
  readonly count: () => number;
  /** Adds a request. Call the returned function when the request is no longer held. */
  readonly add: () => () => void;
}

/** Creates the counter of an emulator. */
export function createHeldRequests(): HeldRequests {
  const held = new Set<symbol>();
  return {
    count: () => held.size,
    add: () => {
      const request = Symbol("request");
      held.add(request);
      return () => {
        held.delete(request);
      };
    },
  };
}
