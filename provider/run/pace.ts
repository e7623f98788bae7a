/** How often runs are asked after, by all the waits of one process together. */
export interface Pace {
  /** Counts a wait as long as it lasts. */
  during<T>(wait: () => Promise<T>): Promise<T>;
  /** The most seconds that a long poll may last now. */
  readonly longestPollSecs: () => number;
}

/** Whether somebody sits at a terminal and sees the progress as it changes. */
export type Audience = "terminal" | "none";

/** Where somebody watches, news is no older than this. */
const newsSecs = 5;

/**
 * Where nobody watches, a poll only has to tell that the run has ended, which Apify does at once. Each
 * one that ends earlier can print a line. Apify allows 60 s, at which many proxies cut a connection.
 */
const quietSecs = 45;

/** With many runs at a terminal, so many seconds pass between the polls of one for each run there is: two requests a second. */
const secsPerRun = 0.5;

/** The most seconds of a long poll, when so many runs are waited for. Pure. */
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
