import { message } from "../apify/message";
import { hasEnded, isKnownStatus } from "./status";
import type { Message } from "../apify/message";
import type { Run } from "../apify/schemas/run";

/** How a run went, in a few words: `FAILED: Actor process exited with code 3 (exit code 3)`. */
export function describeRun(run: Pick<Run, "status" | "statusMessage" | "exitCode">): Message {
  const said = run.statusMessage ? message`${run.status}: ${run.statusMessage}` : run.status;
  return run.exitCode ? message`${said} (exit code ${run.exitCode})` : message`${said}`;
}

/**
 * The line that shows a run: `RUNNING for 12m: 34 of 80 pages`, and at its end `SUCCEEDED after 14m 10s`.
 * While the run goes on, whole minutes have to do after the first one: where there is no terminal each
 * change of the text is a line of its own, and one a minute is enough.
 */
export function progressLine(
  run: Pick<Run, "status" | "statusMessage">,
  waitedSecs: number,
  trouble?: string,
): Message {
  const status = isKnownStatus(run.status)
    ? run.status
    : message`${run.status} (a status this version does not know; it goes on waiting)`;
  const spent = hasEnded(run.status)
    ? `after ${duration(waitedSecs)}`
    : `for ${duration(waitedSecs).replace(/ \d\ds$/, "")}`;
  const line = run.statusMessage
    ? message`${status} ${spent}: ${run.statusMessage}`
    : message`${status} ${spent}`;
  return trouble === undefined ? line : message`${line}; it cannot be seen at present: ${trouble}`;
}

function duration(secs: number): string {
  if (secs < 60) return `${secs}s`;
  const minutes = Math.floor(secs / 60);
  const rest = `${String(secs % 60).padStart(2, "0")}s`;
  if (minutes < 60) return `${minutes}m ${rest}`;
  return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, "0")}m`;
}
