import { messageOf, RequestError } from "../apify/errors";
import { message } from "../apify/message";
import { withoutTimestamp } from "../apify/endpoints/runLog";
import { limitLines } from "./limitLines";
import type { ApifyClient } from "../apify/client";
import type { Clock } from "../apify/clock";
import type { Message } from "../apify/message";

/** Which log to show, and where. */
export interface FollowOptions {
  readonly client: Pick<ApifyClient, "readRunLog">;
  readonly clock: Clock;
  readonly runId: string;
  /** The page of the complete log, for the user. */
  readonly link: string;
  /** `now` skips the lines that exist already. */
  readonly from: "beginning" | "now";
  readonly show: (line: Message) => void;
}

/** A log that is being shown. */
export interface FollowedLog {
  /** Shows the remaining lines, as far as they arrive within a second. Call it when the run has ended. */
  finish(): Promise<void>;
  /** Stops the log: no further line is shown. */
  stop(): void;
}

/** Seconds for which one request follows the log. The next request continues where it ended. */
const followSecs = 600;

/** Seconds between two requests, in case the server does not keep the first one open. */
const pauseSecs = 5;

/** The log gives up after this many failures in a row. */
const mostFailures = 5;

/** A request that lasted this many milliseconds worked before it failed, so it begins a new row of failures. */
const workedMillis = 60_000;

/** Milliseconds for which the remaining lines of a log may delay the end of the wait. */
const restMillis = 1000;

/** Shows the log of a run line by line until it is stopped. It never throws, whatever the server does. */
export function followLog(options: FollowOptions): FollowedLog {
  const { client, clock, runId, link, show } = options;
  const ended = new AbortController();
  const stopped = new AbortController();
  const { signal } = stopped;
  const lines = limitLines({ clock, link, show });
  let next = 0;
  let isSkipping = options.from === "now";

  const read = async (): Promise<void> => {
    if (isSkipping) {
      let existing = 0;
      const onLine = (): void => {
        existing++;
      };
      await client.readRunLog(runId, { signal, onLine });
      next = existing;
      isSkipping = false;
    }
    const onLine = (line: string): void => {
      next++;
      if (!signal.aborted && lines.take(withoutTimestamp(line)) === "enough") stopped.abort();
    };
    await client.readRunLog(runId, { fromLine: next, followSecs, signal, onLine });
  };

  const follow = async (): Promise<void> => {
    for (let failures = 0; ;) {
      const isLast = ended.signal.aborted;
      const began = clock.monotonicMillis();
      try {
        await read();
        failures = 0;
      } catch (error) {
        failures = clock.monotonicMillis() - began < workedMillis ? failures + 1 : 1;
        if (signal.aborted) return;
        // A log that is too large would be too large next time.
        const isFinal = error instanceof RequestError && error.kind === "unreadable";
        if (isFinal || failures === mostFailures) {
          show(message`Stopped showing the log (${messageOf(error)}). See ${link}`);
          return;
        }
      }
      if (isLast || signal.aborted) return;
      await clock.sleep(pauseSecs * 1000, ended.signal);
    }
  };
  const following = follow().finally(() => {
    lines.end();
  });

  return {
    finish: async () => {
      ended.abort();
      const over = new AbortController();
      await Promise.race([following, clock.sleep(restMillis, over.signal)]);
      over.abort();
      stopped.abort();
      lines.end();
    },
    stop: () => {
      ended.abort();
      stopped.abort();
    },
  };
}
