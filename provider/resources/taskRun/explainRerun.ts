import { message, sentences } from "../../apify/message";
import { describeRun } from "../../run/describeRun";
import { hasEnded } from "../../run/status";
import type { Message } from "../../apify/message";
import type { RunRecord } from "../../run/runRecord";
import type { Staleness } from "../../run/freshness";
import type { Args } from "./argumentTable";
import type { RerunReason } from "./decision";
import type { StateWithoutLinks } from "./state";

/**
 * Explains a rerun whose reason a preview does not show; `undefined` for other reasons. A preview shows
 * changed arguments only, and just a fingerprint of a changed task. Pure.
 */
export function explainRerun(
  { run }: StateWithoutLinks,
  args: Args,
  { property, staleness }: RerunReason,
): Message | undefined {
  const cause = staleness === undefined ? causeOf(property, run) : staleText(run, args, staleness);
  return cause && sentences(cause, whatFollows(args));
}

/** With `adoptRunId`, a rerun adopts the same run, which is not good. */
function whatFollows({ adoptRunId }: Args): Message {
  return adoptRunId === undefined
    ? message`\`pulumi up\` runs the task again.`
    : message`While \`adoptRunId\` names it, \`pulumi up\` fails. Remove \`adoptRunId\` to run the task again.`;
}

function causeOf(property: RerunReason["property"], run: RunRecord): Message | undefined {
  if (property === "trackedTask") {
    return message`The saved task was edited after run ${run.id} started (\`trackTask\`).`;
  }
  if (property === "expired") {
    return message`Run ${run.id} is no longer on Apify (\`onExpired: "rerun"\`).`;
  }
  if (property !== "status") return undefined;
  return hasEnded(run.status)
    ? message`Run ${run.id} ended with status ${describeRun(run)}.`
    : message`Run ${run.id} is no longer on Apify, and how it ended is not known.`;
}

function staleText(run: RunRecord, args: Args, { rule, sinceMillis }: Staleness): Message {
  const startedAt = run.startedAt ?? "an unknown time";
  const since = timeText(sinceMillis);
  return rule === "cron"
    ? message`Run ${run.id} started at ${startedAt}, and \`cron\` "${args.cron ?? ""}" (${args.timeZone ?? "UTC"}) was next due at ${since}.`
    : message`Run ${run.id} started at ${startedAt}. Its data has been too old since ${since} (\`maxAgeSecs\` ${args.maxAgeSecs ?? 0}).`;
}

/** A time in ISO 8601. A damaged rule in the state can lead to a time that a Date cannot represent. */
function timeText(millis: number): string {
  const date = new Date(millis);
  return Number.isNaN(date.getTime()) ? "an unknown time" : date.toISOString();
}
