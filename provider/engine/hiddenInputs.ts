/**
 * Inputs that the user neither sets nor sees: Pulumi does not display names that start with two underscores.
 * They carry facts that the engine does not pass to a provider. None may depend on another resource:
 * a value that comes from the parent would make the resource wait for all children of that parent.
 */
export interface HiddenInputs {
  /** The resource's URN. Progress is shown in its row, and run keys and names of tasks are made from it. */
  readonly __urn?: string;
  /** The organization that the stack belongs to; absent if the program does not know it. */
  readonly __organization?: string;
  /** `customTimeouts` in seconds, which the engine does not pass to dynamic providers (pulumi/pulumi#15636). */
  readonly __timeLimitSecs?: { readonly create?: number; readonly update?: number };
  /**
   * Paths of the values in the arguments that are not known, such as `input.from`; absent if all are
   * known. In a preview unknown values are normal. In `up` the engine removes them from the inputs without
   * notice (pulumi/pulumi#14515), so only the program can tell that a run would start without them.
   */
  readonly __unknownArguments?: readonly string[];
  /** What the state is to hold of the run. Default: what the shell's `StateForm` says. */
  readonly __runOutputs?: RunOutputs;
  /** Whether the inputs come from an import, and not from a program. */
  readonly __imported?: boolean;
}

/**
 * What a state holds of a run: its JSON alone, from which the classes for TypeScript read all values, or with it each
 * value as an output of its own, as the packages of other languages read them.
 */
export type RunOutputs = "jsonOnly" | "typed";

/**
 * The owner: a text that identifies the resource among all stacks and organizations. It is the same for all shells, so
 * that each finds the runs and tasks of the others.
 */
export function ownerOf({ __organization = "", __urn = "" }: HiddenInputs): string {
  const [stack = "", project = "", types = "", ...name] = __urn.split("::");
  const sameTypes = types.split("$").map(dynamicTypeOf).join("$");
  const urn = name.length === 0 ? __urn : [stack, project, sameTypes, ...name].join("::");
  return `${__organization}/${urn}`;
}

/** The type token of the dynamic resource of the same kind: runs were started for these first. */
function dynamicTypeOf(typeToken: string): string {
  return typeToken.replace(/^apify:index:(?=(?:TaskRun|Task)$)/, "pulumi-nodejs:dynamic/apify:");
}

/** The resource's name in the program: the last part of its URN, which may itself contain `::`. */
export function resourceNameOf({ __urn = "" }: HiddenInputs): string {
  return __urn.split("::").slice(3).join("::");
}

/** The visible properties, which are arguments and, in a state, outputs; and the hidden inputs. */
export interface SplitProperties {
  readonly visible: Record<string, unknown>;
  readonly hidden: HiddenInputs & Record<string, unknown>;
}

/** Splits the properties that the engine passes into the visible ones and the hidden inputs. */
export function splitHidden(properties: Record<string, unknown>): SplitProperties {
  const isHidden = ([name]: [string, unknown]): boolean => name.startsWith("__");
  const entries = Object.entries(properties);
  return {
    visible: Object.fromEntries(entries.filter((entry) => !isHidden(entry))),
    hidden: Object.fromEntries(entries.filter(isHidden)),
  };
}

/**
 * The hidden inputs that every operation needs, if they have the right type. `__unknownArguments` is checked where it is
 * needed (`assertAllKnown`), before anything is started.
 */
export function parseHiddenInputs(properties: Record<string, unknown>): HiddenInputs {
  const { __urn, __organization, __timeLimitSecs } = properties;
  return {
    ...(typeof __urn === "string" ? { __urn } : {}),
    ...(typeof __organization === "string" ? { __organization } : {}),
    ...(typeof __timeLimitSecs === "object" && __timeLimitSecs !== null ? { __timeLimitSecs } : {}),
  };
}
