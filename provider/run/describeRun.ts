import { message } from "../apify/message";
import { isKnownStatus } from "./status";
import type { Message } from "../apify/message";
import type { Run } from "../apify/schemas/run";

/** Describes how a run ended: `FAILED: No proxy left (exit code 3)`. The exit code is left out if the status message contains it. */
export function describeRun(run: Pick<Run, "status" | "statusMessage" | "exitCode">): Message {
  const { exitCode } = run;
  const said = statusLine(run.status, run.statusMessage);
  const isSaid = new RegExp(`\\bcode\\W{0,2}${exitCode}\\b`, "i").test(run.statusMessage ?? "");
  return exitCode && !isSaid ? message`${said} (exit code ${exitCode})` : said;
}

/**
 * The text for a run's row: `RUNNING: 34 of 80 pages`, and at the end `SUCCEEDED: 80 of 80 pages`. The
 * status comes first, since a terminal of 100 columns shows about 20 characters. Pulumi adds the seconds.
 */
export function progressLine(
  run: Pick<Run, "status" | "statusMessage">,
  readProblem?: string,
): Message {
  const status = isKnownStatus(run.status)
    ? run.status
    : message`${run.status} (unknown to this version of pulumi-apify; still waiting)`;
  const line = statusLine(status, run.statusMessage);
  return readProblem === undefined
    ? line
    : message`${line}; cannot be read at the moment: ${readProblem}`;
}

function statusLine(status: string, statusMessage: string | null | undefined): Message {
  return statusMessage ? message`${status}: ${statusMessage}` : message`${status}`;
}
