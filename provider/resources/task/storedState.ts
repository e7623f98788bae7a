import { splitUsable } from "../usableArguments";
import { argumentTable } from "./argumentTable";
import type { IsUnknown } from "../unknown";
import type { Args } from "./argumentTable";
import type { CheckedArgs, TaskFacts, TaskState } from "./state";

type Properties = Record<string, unknown>;

/** The names of the facts that are stored. */
export const factNames = [
  "name",
  "username",
  "userId",
  "actId",
  "createdAt",
  "modifiedAt",
  "fingerprint",
  "consoleUrl",
] as const satisfies readonly (keyof TaskFacts)[];

/** The state of a Task in the form that Pulumi stores: arguments and facts side by side. */
export function serializeState({ args, facts }: TaskState): Properties {
  // The id is the resource's own, which Pulumi stores elsewhere.
  return { ...args, ...facts, id: undefined };
}

/** The stored properties of a resource, as far as this version can work with them. */
export interface StoredState {
  readonly state: TaskState;
  /** The arguments that are not usable, as they are stored. */
  readonly unusable: Readonly<Properties>;
  /** Whether a task was stored. Before the first read by `Task.get` there are at most arguments. */
  readonly isRecorded: boolean;
}

/** Reads the state of the resource with this id from its stored, visible properties, even damaged ones. Never throws. */
export function parseState(id: string, properties: Properties, isUnknown: IsUnknown): StoredState {
  const { args, unusable } = parseArguments(properties, isUnknown);
  const textOf = (name: string): string | undefined => {
    const value = properties[name];
    return typeof value === "string" && !isUnknown(value) ? value : undefined;
  };
  const facts = Object.fromEntries(factNames.map((name) => [name, textOf(name)]));
  return {
    state: { args, facts: { id, ...facts } },
    unusable,
    isRecorded: factNames.some((name) => name !== "name" && textOf(name) !== undefined),
  };
}

/** Reads the arguments from properties among which there may be facts and damaged values. */
export function parseArguments(
  properties: Properties,
  isUnknown: IsUnknown,
): { readonly args: Args; readonly unusable: Readonly<Properties> } {
  const own = Object.entries(properties).filter(([name]) => Object.hasOwn(argumentTable, name));
  const { usable, unusable } = splitUsable(argumentTable, Object.fromEntries(own), isUnknown);
  return { args: usable as Partial<Args> as Args, unusable };
}

/** The arguments, typed as what `check` returned for them. */
export function checkedArgs(visible: Properties): CheckedArgs {
  return visible as Partial<CheckedArgs> as CheckedArgs;
}
