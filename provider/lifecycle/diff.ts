import { canonicalJson } from "../run/canonical";
import { describeRun } from "../run/describe";
import { wasSeen } from "../run/firstSight";
import { changedIntent, intentArguments } from "../run/intent";
import { hasEnded, isAccepted } from "../run/status";
import { isAlive } from "./state";
import { containsUnknown } from "./validate";
import type { Args } from "./args";
import type { TaskRunState } from "./state";
import type { IsUnknown } from "./validate";

/** What a deployment has to do with a resource. */
export type Decision =
  | { readonly action: "nothing" }
  /** Store new arguments, or resume a wait; starts no run. */
  | { readonly action: "update" }
  /** Start another run, because of these properties. */
  | { readonly action: "rerun"; readonly because: readonly string[] };

/** Arguments that later operations read from the state, so that a change has to reach it. */
const storedArguments = ["onDelete"] as const satisfies readonly (keyof Args)[];

/** Decides what a deployment has to do: the first rule that fits. Pure. */
export function diff(state: TaskRunState, args: Args, isUnknown: IsUnknown): Decision {
  const because = intentReasons(state, args, isUnknown);
  if (because.length > 0) return { action: "rerun", because };

  if (hasEnded(state.run.status) && !isAccepted(state.run.status)) {
    return { action: "rerun", because: ["status"] };
  }
  const isWanted = waits(args) || !wasSeen(state.run);
  if (isWanted && isAlive(state)) return { action: "update" };
  // Gone before anybody saw how it ended, or saw it at all: there is no good run to keep.
  if (isWanted && !hasEnded(state.run.status)) return { action: "rerun", because: ["status"] };

  const toStore = storedArguments.some(
    (name) => canonicalJson(state[name]) !== canonicalJson(args[name]),
  );
  return toStore ? { action: "update" } : { action: "nothing" };
}

/** The arguments that ask for another run, or may do so once they are known. */
function intentReasons(state: TaskRunState, args: Args, isUnknown: IsUnknown): readonly string[] {
  const { adoptRunId } = args;
  if (adoptRunId !== undefined) {
    // It says which run this is, whatever the other arguments ask for. As with Pulumi's `import`
    // option, taking it out again later changes nothing.
    return isUnknown(adoptRunId) || adoptRunId !== state.run.id ? ["adoptRunId"] : [];
  }
  const unknown = intentArguments.filter((name) => containsUnknown(args[name], isUnknown));
  return unknown.length > 0 ? unknown : changedIntent(state, args);
}

/** Why a run is to be followed by another one although no argument changed: the engine shows arguments only. */
export function whyStatusReruns({ run }: TaskRunState): string {
  const problem = hasEnded(run.status)
    ? `Run ${run.id} ended as ${describeRun(run)}`
    : `Run ${run.id} is gone from Apify, and it is not known how it ended`;
  return `${problem}. \`pulumi up\` runs the task again because of that.`;
}

/** Whether a resource with these arguments waits for its run at all. */
export function waits(args: Args): boolean {
  return args.waitSecs !== 0;
}
