/** Decides how long polls may be, given the number of waits in this process. */
export interface PollLength {
  /** Runs a wait, and counts it until it ends. */
  during<T>(wait: () => Promise<T>): Promise<T>;
  /** The current maximum length of a long poll, in seconds. */
  readonly longestPollSecs: () => number;
}

/** Whether a person watches the progress at a terminal. */
export type Audience = "terminal" | "none";

/** At a terminal, the progress shown is at most this many seconds old. */
const newsSecs = 5;

/**
 * Without an audience, a poll only needs to notice the end of the run, which Apify reports at once. Shorter
 * polls would print more lines. Apify allows 60 s, after which many proxies cut a connection.
 */
const quietSecs = 45;

/** With many runs at a terminal, each adds this many seconds to the poll length. The process then sends about two requests a second. */
const secsPerRun = 0.5;

/** The maximum length of a long poll in seconds, for this number of waits. Pure. */
export function longestPollSecs(audience: Audience, waits: number): number {
  if (audience === "none") return quietSecs;
  return Math.min(Math.max(newsSecs, Math.ceil(waits * secsPerRun)), quietSecs);
}

/** Creates the poll lengths of one process. */
export function createPollLength(audience: Audience): PollLength {
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
