import { argumentTable } from "./argumentTable";
import type { IsUnknown } from "../validate";
import type { Kind } from "./argumentTable";
import type { RecordedArgs } from "./state";

/**
 * The kind of value of each recorded argument. Only the kind is checked: another version may allow other
 * values of the same kind, whereas a value of another kind would make an operation fail.
 */
const recorded: Readonly<Record<keyof RecordedArgs, { readonly kind: Kind }>> = {
  ...argumentTable,
  trackedBuild: { kind: "string" },
  trackedTask: { kind: "string" },
  askedAt: { kind: "string" },
  startedBuild: { kind: "string" },
};

const is: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  list: (value) => Array.isArray(value),
  object: (value) => typeof value === "object" && !Array.isArray(value),
};

const nameOf: Readonly<Record<Kind, string>> = {
  string: "a string",
  number: "a number",
  boolean: "a boolean",
  list: "a list",
  object: "an object",
};

/** Stored arguments, split by whether this version can use them. */
export interface SplitArguments {
  /** They include arguments that this version does not know: a later one may have stored them. */
  readonly usable: Readonly<Record<string, unknown>>;
  readonly unusable: Readonly<Record<string, unknown>>;
}

/** Splits stored arguments. An argument is usable if its value has the right kind or is not known yet. Pure. */
export function splitUsable(
  stored: Readonly<Record<string, unknown>>,
  isUnknown: IsUnknown,
): SplitArguments {
  const isUsable = ([name, value]: readonly [string, unknown]): boolean =>
    !Object.hasOwn(recorded, name) ||
    isUnknown(value) ||
    (value !== null && is[recorded[name as keyof RecordedArgs].kind](value));
  const entries = Object.entries(stored);
  return {
    usable: Object.fromEntries(entries.filter(isUsable)),
    unusable: Object.fromEntries(entries.filter((entry) => !isUsable(entry))),
  };
}

/** What is wrong with each unusable argument, by its name. */
export function problemsOfArguments(
  unusable: SplitArguments["unusable"],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(unusable).map((name) => [
      name,
      `is not ${nameOf[recorded[name as keyof RecordedArgs].kind]}`,
    ]),
  );
}
