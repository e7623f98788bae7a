/** How long polls may be, given all the waits of one process. */
export interface Pace {
  /** Counts a wait for as long as it lasts. */
  during<T>(wait: () => Promise<T>): Promise<T>;
  /** The maximum length of a long poll at the moment, in seconds. */
  readonly longestPollSecs: () => number;
}

/** Whether somebody watches the progress at a terminal. */
export type Audience = "terminal" | "none";

/** For an audience, progress is at most so many seconds old. */
const newsSecs = 5;

/**
 * Without an audience, a poll only has to notice the end of the run, which Apify answers at once. Each
 * shorter poll may print a line. Apify allows 60 s, after which many proxies cut a connection.
 */
const quietSecs = 45;

/** With many runs at a terminal, each run adds so many seconds to the length of a poll: two requests a second in all. */
const secsPerRun = 0.5;

/** The maximum length of a long poll in seconds, for this number of waits. Pure. */
export function longestPollSecs(audience: Audience, waits: number): number {
  if (audience === "none") return quietSecs;
  return Math.min(Math.max(newsSecs, Math.ceil(waits * secsPerRun)), quietSecs);
}

/** A pace for one process. */
export function createPace(audience: Audience): Pace {
  let waits = 0;
  return {
    during: async (wait) => {
      waits++;
      try {
        return await wait();
      } finally {
        waits--;
      }
    },
    longestPollSecs: () => longestPollSecs(audience, waits),
  };
}
