import { lineReader } from "../lineReader";
import { runPath } from "./paths";
import type { Connection } from "../connection";
import type { LineReader } from "../lineReader";

/** How to read a log. Source: https://docs.apify.com/api/v2/actor-run-log-get */
export interface LogQuery {
  /** Called with each line, without its line break and the token. Very long lines are cut. */
  readonly onLine: (line: string) => void;
  /** How many lines to skip at the beginning. Default: 0. */
  readonly fromLine?: number;
  /**
   * Seconds for which the server continues to send new lines, until the run ends. Default: 0, for existing
   * lines only.
   */
  readonly followSecs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Maximum size of a log; a larger one is an error. Apify keeps about 10 MB of each log. */
const largestLogBytes = 256 * 1024 * 1024;

/**
 * Reads the log of a run line by line without keeping it. If the connection breaks, it continues with the
 * line at which it stopped, so that each line is passed on once.
 */
export async function readRunLog(
  connection: Connection,
  runId: string,
  { onLine, fromLine = 0, followSecs, signal }: LogQuery,
): Promise<void> {
  let given = fromLine;
  let reader: LineReader | undefined;
  await connection.call({
    method: "GET",
    path: `${runPath(runId)}/log`,
    query: { stream: followSecs === undefined ? undefined : true },
    serverWaitSecs: followSecs,
    maxResponseBytes: largestLogBytes,
    signal,
    bodyTaker: () => {
      let index = 0;
      reader = lineReader(connection.redaction, (line) => {
        index += 1;
        if (index <= given) return;
        given = index;
        onLine(line);
      });
      return reader.take;
    },
  });
  reader?.end();
}

/** The time stamp at the beginning of each line of a log. */
const timestamp = /^\d{4}-\d\d-\d\dT[\d:.]+Z /;

/** A line of a log without its time stamp. */
export function withoutTimestamp(line: string): string {
  return line.replace(timestamp, "");
}

/** The last lines of a log, without time stamps and blank lines. */
export async function readRunLogTail(
  connection: Connection,
  runId: string,
  lines: number,
): Promise<readonly string[]> {
  const tail: string[] = [];
  await readRunLog(connection, runId, {
    onLine: (line) => {
      if (line.trim() === "") return;
      tail.push(withoutTimestamp(line));
      if (tail.length > lines) tail.shift();
    },
  });
  return tail;
}
