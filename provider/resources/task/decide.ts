import { isSameJson } from "../../run/canonicalJson";
import { containsUnknown } from "../unknown";
import { argumentNames } from "./argumentTable";
import type { IsUnknown } from "../unknown";
import type { ArgumentName, Args } from "./argumentTable";
import type { CheckedArgs, TaskFacts } from "./state";

/** What a deployment does with a Task. */
export type Decision =
  | { readonly action: "nothing" }
  /** Change the task, or store new arguments: these differ from the recorded ones. Damage may be a reason, too. */
  | { readonly action: "update"; readonly changed: readonly ArgumentName[] }
  /** Create or adopt another task, because of this property. */
  | { readonly action: "replace"; readonly property: ArgumentName | "id" };

/** What a decision depends on besides the state and the arguments. */
export interface DecideOptions {
  readonly isUnknown: IsUnknown;
  /** Whether Apify no longer has the task. */
  readonly isMissing: boolean;
  /** Whether the state is damaged, so that it must be stored again. */
  readonly isDamaged: boolean;
}

/** A state, of which damage may have taken any argument. */
interface DecidedState {
  readonly args: Partial<Args>;
  readonly facts: TaskFacts;
}

/** Decides what a deployment does with a Task, by the first rule that applies. Pure. */
export function decide(
  { args: before, facts }: DecidedState,
  args: CheckedArgs,
  { isUnknown, isMissing, isDamaged }: DecideOptions,
): Decision {
  const { adoptTaskId, actorId } = args;
  // As with Pulumi's `import` option, removing it later changes nothing.
  if (adoptTaskId !== undefined && adoptTaskId !== facts.id) {
    return { action: "replace", property: "adoptTaskId" };
  }
  // The state of `Task.get` names the Actor by its id, and a program may do so as well.
  const isSameActor =
    actorId === before.actorId ||
    (facts.actId !== undefined && [actorId, args.actId].includes(facts.actId));
  if (!isSameActor && before.actorId !== undefined) {
    return { action: "replace", property: "actorId" };
  }
  if (isMissing) return { action: "replace", property: "id" };
  const isChanged = (name: ArgumentName): boolean =>
    containsUnknown(args[name], isUnknown) || !isSameJson(before[name], args[name]);
  const changed = argumentNames.filter(
    (name) => isChanged(name) && !(name === "name" && args.name === undefined),
  );
  return changed.length > 0 || isDamaged ? { action: "update", changed } : { action: "nothing" };
}
