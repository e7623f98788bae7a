import { message, sentences } from "../../apify/message";
import { describeRun } from "../../run/describeRun";
import { staleness } from "../../run/freshness";
import { hasEnded } from "../../run/status";
import { startOf } from "./state";
import type { Message } from "../../apify/message";
import type { RunRecord } from "../../run/runRecord";
import type { Staleness } from "../../run/freshness";
import type { Moment } from "./decide";
import type { Inputs, RecordedState } from "./state";

/**
 * Why a run is to be followed by another one although no argument changed: the engine shows changed
 * arguments only, and of a task a fingerprint. `undefined` for reasons that it does show.
 */
export function whyReruns(
  state: RecordedState,
  args: Inputs,
  reason: string,
  { isUnknown, nowMillis }: Moment,
): Message | undefined {
  const { run } = state;
  const again = message`\`pulumi up\` runs the task again because of that.`;
  switch (reason) {
    case "status":
      return hasEnded(run.status)
        ? message`Run ${run.id} ended as ${describeRun(run)}. ${again}`
        : message`Run ${run.id} is gone from Apify, and it is not known how it ended. ${again}`;
    case "trackedTask":
      return message`The saved task was edited since run ${run.id} started (trackTask). ${again}`;
    case "expired":
      return message`Run ${run.id} is gone from Apify (onExpired: "rerun"). ${again}`;
    case "maxAgeSecs":
    case "cron": {
      if (isUnknown(args[reason])) return undefined;
      const stale = staleness(args, startOf(state), nowMillis);
      return stale && sentences(staleText(run, args, stale), again);
    }
    default:
      return undefined;
  }
}

function staleText(run: RunRecord, args: Inputs, { rule, sinceMillis }: Staleness): Message {
  const since = timeText(sinceMillis);
  return rule === "cron"
    ? message`Run ${run.id} started at ${run.startedAt ?? "a time that is not known"}, before the tick of cron "${args.cron ?? ""}" (${args.timeZone ?? "UTC"}) at ${since}.`
    : message`Run ${run.id} started at ${run.startedAt ?? "a time that is not known"}, and is too old since ${since} (maxAgeSecs ${args.maxAgeSecs ?? 0}).`;
}

/** ISO 8601. A stored rule, of which a refresh tells, may lead to a time that no date can be. */
function timeText(millis: number): string {
  const date = new Date(millis);
  return Number.isNaN(date.getTime()) ? "the beginning of time" : date.toISOString();
}
