import { message } from "../apify/message";
import { isKnownStatus } from "./status";
import type { Message } from "../apify/message";
import type { Run } from "../apify/schemas/run";

/** How a run went, in a few words: `FAILED: No proxy left (exit code 3)`. A message that names the exit code says it alone. */
export function describeRun(run: Pick<Run, "status" | "statusMessage" | "exitCode">): Message {
  const { exitCode } = run;
  const said = statusLine(run.status, run.statusMessage);
  const isSaid = new RegExp(`\\bcode\\W{0,2}${exitCode}\\b`, "i").test(run.statusMessage ?? "");
  return exitCode && !isSaid ? message`${said} (exit code ${exitCode})` : said;
}

/**
 * The text that shows a run in its row: `RUNNING: 34 of 80 pages`, and at its end
 * `SUCCEEDED: 80 of 80 pages`. It is short, and the status comes first, since a terminal of 100 columns
 * shows some 20 characters of it. Pulumi counts the seconds beside it.
 */
export function progressLine(
  run: Pick<Run, "status" | "statusMessage">,
  trouble?: string,
): Message {
  const status = isKnownStatus(run.status)
    ? run.status
    : message`${run.status} (a status this version does not know; it goes on waiting)`;
  const line = statusLine(status, run.statusMessage);
  return trouble === undefined ? line : message`${line}; it cannot be seen at present: ${trouble}`;
}

function statusLine(status: string, statusMessage: string | null | undefined): Message {
  return statusMessage ? message`${status}: ${statusMessage}` : message`${status}`;
}
