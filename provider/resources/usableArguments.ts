import type { IsUnknown } from "./unknown";

/** The kind of an argument's value. Unlike the schema, it is the same in every version of this package. */
export type Kind = "string" | "number" | "boolean" | "list" | "object";

/**
 * The kinds of a resource's recorded arguments, by name. Only the kind of a stored value is checked: another
 * version may allow other values of the same kind, whereas a value of another kind would make an operation fail.
 */
export type Kinds = Readonly<Record<string, { readonly kind: Kind }>>;

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
  /** What is wrong with each unusable argument, by its name. */
  readonly problems: Readonly<Record<string, string>>;
}

/** Splits stored arguments. An argument is usable if its value has the right kind or is not known yet. Pure. */
export function splitUsable(
  kinds: Kinds,
  stored: Readonly<Record<string, unknown>>,
  isUnknown: IsUnknown,
): SplitArguments {
  const kindOf = (name: string): Kind | undefined =>
    Object.hasOwn(kinds, name) ? kinds[name]?.kind : undefined;
  const isUsable = ([name, value]: readonly [string, unknown]): boolean => {
    const kind = kindOf(name);
    return kind === undefined || isUnknown(value) || (value !== null && is[kind](value));
  };
  const entries = Object.entries(stored);
  const unusable = entries.filter((entry) => !isUsable(entry));
  return {
    usable: Object.fromEntries(entries.filter(isUsable)),
    unusable: Object.fromEntries(unusable),
    problems: Object.fromEntries(
      unusable.map(([name]) => [name, `is not ${nameOf[kindOf(name) ?? "object"]}`]),
    ),
  };
}
