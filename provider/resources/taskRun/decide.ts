import { isSameJson } from "../../run/canonicalJson";
import { changedIntent, intentArguments } from "../../run/intent";
import { staleness } from "../../run/freshness";
import { wasRead } from "../../run/runRecord";
import { hasEnded, isAccepted } from "../../run/status";
import { containsUnknown } from "../unknown";
import { argumentsThatUpdateState } from "./argumentTable";
import { ageStart, isLive, waitsForRun } from "./state";
import { keptItsBuild, ownBuild } from "./buildHistory";
import type { Staleness } from "../../run/freshness";
import type { IsUnknown } from "../unknown";
import type { Args } from "./argumentTable";
import type { Decision, RerunReason } from "./decision";
import type { CheckedArgs, TaskRunState } from "./state";

/** What a decision depends on besides the state and the arguments. */
export interface DecideOptions {
  readonly isUnknown: IsUnknown;
  /** Epoch milliseconds. */
  readonly nowMillis: number;
  /** Names of damaged properties: they are stored again, and their values count as unchanged. Default: none. */
  readonly damaged?: readonly string[];
}

/** Decides what a deployment does with a resource, by the first rule that applies (docs/reruns.md). Pure. */
export function decide(state: TaskRunState, args: CheckedArgs, options: DecideOptions): Decision {
  const { isUnknown, damaged = [] } = options;
  const changes = [...intentReasons(state, args, options), ...trackedReasons(state, args)];
  if (changes.length > 0) return { action: "rerun", reasons: changes };

  const ofStatus = statusReason(state, args, isUnknown);
  if (ofStatus !== undefined) return { action: "rerun", reasons: [ofStatus] };
  const mustBeRead = waitsForRun(args) || !wasRead(state.run);
  if (mustBeRead && isLive(state)) return { action: "update" };
  // Apify deleted the run before its end was read, so there is no good run to keep.
  if (mustBeRead && !hasEnded(state.run.status)) {
    return { action: "rerun", reasons: [{ property: "status" }] };
  }

  const ofAge = ageReason(state, args, options);
  if (ofAge !== undefined) return { action: "rerun", reasons: [ofAge] };
  const mustBeStored =
    damaged.length > 0 ||
    argumentsThatUpdateState.some((name) => !isSameJson(state[name], args[name])) ||
    // Tracking was turned on: record the value that later deployments compare with.
    (args.trackedTask !== undefined && state.trackedTask === undefined) ||
    (args.trackedBuild !== undefined && ownBuild(state) === undefined && !keptItsBuild(state.run));
  return mustBeStored ? { action: "update" } : { action: "nothing" };
}

/** The changed arguments that require another run, or may do so once they are known. */
function intentReasons(
  state: TaskRunState,
  args: Args,
  { isUnknown, damaged = [] }: DecideOptions,
): readonly RerunReason[] {
  const { adoptRunId } = args;
  if (adoptRunId !== undefined) {
    // This argument alone decides which run to use. As with Pulumi's `import` option, removing it later
    // changes nothing.
    const isOther = isUnknown(adoptRunId) || adoptRunId !== state.run.id;
    return isOther ? [{ property: "adoptRunId" }] : [];
  }
  const unknown = intentArguments.filter((name) => containsUnknown(args[name], isUnknown));
  const changed = changedIntent(state, args).filter((name) => !damaged.includes(name));
  return (unknown.length > 0 ? unknown : changed).map((property) => ({ property }));
}

/** What changed at Apify after the run started. Anything that is not tracked, or could not be read, counts as unchanged. */
function trackedReasons(state: TaskRunState, args: CheckedArgs): readonly RerunReason[] {
  if (args.adoptRunId !== undefined) return [];
  const reasons: RerunReason[] = [];
  // Compare with the build that the run was started with. The tag may have moved after `check` read it.
  if (hasChanged(ownBuild(state), args.trackedBuild)) reasons.push({ property: "trackedBuild" });
  if (hasChanged(state.trackedTask, args.trackedTask)) reasons.push({ property: "trackedTask" });
  return reasons;
}

/** The rerun reason if a run that has ended is not good, or may not be once all arguments are known. */
function statusReason(
  { run }: TaskRunState,
  { acceptStatuses, adoptRunId, onFailure }: Args,
  isUnknown: IsUnknown,
): RerunReason | undefined {
  if (!hasEnded(run.status)) return undefined;
  // The user chose this run, and wants to continue even if it is not good.
  if (adoptRunId !== undefined && onFailure === "continue") return undefined;
  if (containsUnknown(acceptStatuses, isUnknown)) return { property: "acceptStatuses" };
  return isAccepted(run.status, acceptStatuses) ? undefined : { property: "status" };
}

/** The rerun reason if the data of a good run is too old or was deleted. While `adoptRunId` is set, there is none. */
function ageReason(
  state: TaskRunState,
  args: CheckedArgs,
  { isUnknown, nowMillis }: DecideOptions,
): RerunReason | undefined {
  const { adoptRunId, onExpired, maxAgeSecs, cron, timeZone } = args;
  if (adoptRunId !== undefined) return undefined;
  if (state.expired && isUnknown(onExpired)) return { property: "onExpired" };
  if (state.expired && onExpired === "rerun") return { property: "expired" };
  if (isUnknown(maxAgeSecs)) return { property: "maxAgeSecs" };
  if (isUnknown(cron)) return { property: "cron" };
  if (cron !== undefined && isUnknown(timeZone)) return { property: "timeZone" };
  const stale = stalenessOf(state, args, nowMillis);
  return stale && { property: stale.rule, staleness: stale };
}

/** Why the run is stale. A refresh takes the rules from the state, where they may be damaged; damaged rules make no run stale. */
function stalenessOf(
  state: TaskRunState,
  args: CheckedArgs,
  nowMillis: number,
): Staleness | undefined {
  const startedAt = ageStart(state);
  if (startedAt === undefined) return undefined;
  try {
    return staleness(args, startedAt, nowMillis);
  } catch {
    return undefined;
  }
}

function hasChanged(before: string | undefined, now: string | undefined): boolean {
  return before !== undefined && now !== undefined && before !== now;
}
