import { canonicalJson } from "../../run/canonicalJson";
import { wasRead } from "../../run/runRecord";
import { changedIntent, intentArguments } from "../../run/intent";
import { staleness } from "../../run/freshness";
import { hasEnded, isAccepted } from "../../run/status";
import { isAlive, keptItsBuild, ownBuild, startOf } from "./state";
import { containsUnknown } from "../validate";
import type { Args } from "./arguments";
import type { Inputs, RecordedState } from "./state";
import type { IsUnknown } from "../validate";

/** What a deployment has to do with a resource. */
export type Decision =
  | { readonly action: "nothing" }
  /** Store new arguments, or resume a wait; starts no run. */
  | { readonly action: "update" }
  /** Start another run, because of these properties. */
  | { readonly action: "rerun"; readonly because: readonly string[] };

/** Arguments that later operations read from the state, so that a change has to reach it. */
const storedArguments = [
  "onDelete",
  "onExpired",
  "account",
] as const satisfies readonly (keyof Args)[];

/** What is known when it is decided. */
export interface Moment {
  readonly isUnknown: IsUnknown;
  /** Epoch milliseconds. */
  readonly nowMillis: number;
  /** The stored properties that are damaged: they are stored anew, and say nothing about a change. Default: none. */
  readonly damaged?: readonly string[];
}

/** Decides what a deployment has to do: the first rule that fits. Pure. */
export function diff(state: RecordedState, args: Inputs, moment: Moment): Decision {
  const { isUnknown, damaged = [] } = moment;
  const because = [...intentReasons(state, args, moment), ...trackedReasons(state, args)];
  if (because.length > 0) return { action: "rerun", because };

  const judged = judgement(state, args, isUnknown);
  if (judged !== undefined) return { action: "rerun", because: [judged] };
  const isWanted = waits(args) || !wasRead(state.run);
  if (isWanted && isAlive(state)) return { action: "update" };
  // Gone before anybody saw how it ended, or saw it at all: there is no good run to keep.
  if (isWanted && !hasEnded(state.run.status)) return { action: "rerun", because: ["status"] };

  const aged = agedReason(state, args, moment);
  if (aged !== undefined) return { action: "rerun", because: [aged] };
  const toStore =
    damaged.length > 0 ||
    storedArguments.some((name) => canonicalJson(state[name]) !== canonicalJson(args[name])) ||
    // Tracking was turned on: from now on there is something to compare with.
    (args.trackedTask !== undefined && state.trackedTask === undefined) ||
    (args.trackedBuild !== undefined && ownBuild(state) === undefined && !keptItsBuild(state.run));
  return toStore ? { action: "update" } : { action: "nothing" };
}

/** The arguments that ask for another run, or may do so once they are known. */
function intentReasons(
  state: RecordedState,
  args: Args,
  { isUnknown, damaged = [] }: Moment,
): readonly string[] {
  const { adoptRunId } = args;
  if (adoptRunId !== undefined) {
    // It says which run this is, whatever the other arguments ask for. As with Pulumi's `import`
    // option, taking it out again later changes nothing.
    return isUnknown(adoptRunId) || adoptRunId !== state.run.id ? ["adoptRunId"] : [];
  }
  const unknown = intentArguments.filter((name) => containsUnknown(args[name], isUnknown));
  if (unknown.length > 0) return unknown;
  return changedIntent(state, args).filter((name) => !damaged.includes(name));
}

/** What moved at Apify since the run. What is not tracked, or could not be looked up, has not moved. */
function trackedReasons(state: RecordedState, args: Inputs): readonly string[] {
  if (args.adoptRunId !== undefined) return [];
  return [
    // The build that really ran, and not the one that `check` saw: the tag may have moved in between.
    ...(moved(ownBuild(state), args.trackedBuild) ? ["trackedBuild"] : []),
    ...(moved(state.trackedTask, args.trackedTask) ? ["trackedTask"] : []),
  ];
}

/** Why a run that has ended is not good, or may not be once all is known. */
function judgement(
  { run }: RecordedState,
  { acceptStatuses, adoptRunId, onFailure }: Args,
  isUnknown: IsUnknown,
): "status" | "acceptStatuses" | undefined {
  if (!hasEnded(run.status)) return undefined;
  // It says which run this is, and the deployment is to go on with it, good or not.
  if (adoptRunId !== undefined && onFailure === "continue") return undefined;
  if (containsUnknown(acceptStatuses, isUnknown)) return "acceptStatuses";
  return isAccepted(run.status, acceptStatuses) ? undefined : "status";
}

/** Why data that was good is wanted anew. While `adoptRunId` says which run this is, there is no other to be had. */
function agedReason(
  state: RecordedState,
  args: Inputs,
  { isUnknown, nowMillis }: Moment,
): string | undefined {
  const { adoptRunId, onExpired, maxAgeSecs, cron, timeZone } = args;
  if (adoptRunId !== undefined) return undefined;
  if (state.expired && isUnknown(onExpired)) return "onExpired";
  if (state.expired && onExpired === "rerun") return "expired";
  if (isUnknown(maxAgeSecs)) return "maxAgeSecs";
  if (isUnknown(cron)) return "cron";
  if (cron !== undefined && isUnknown(timeZone)) return "timeZone";
  return stalenessOf(args, startOf(state), nowMillis)?.rule;
}

/** Rules come checked, but a refresh gives those that are stored: what is no rule there makes nothing stale. */
function stalenessOf(...asked: Parameters<typeof staleness>): ReturnType<typeof staleness> {
  try {
    return staleness(...asked);
  } catch {
    return undefined;
  }
}

function moved(before: string | undefined, now: string | undefined): boolean {
  return before !== undefined && now !== undefined && before !== now;
}

/** Whether a resource with these arguments waits for its run at all. */
export function waits(args: Args): boolean {
  return args.waitSecs !== 0;
}
