import { lines, message } from "../apify/message";
import { ProviderError } from "../resources/errors";
import { containsUnknown } from "../resources/validate";
import { isUnknown } from "../dynamic/wire";
import type { Problem } from "../resources/validate";

/**
 * Inputs that the user neither sets nor sees: Pulumi leaves names that start with two underscores
 * out of every display. They carry what a dynamic provider is not told by the engine. None depends on
 * another resource: a value that comes from the parent makes the resource wait for all of its children.
 */
export interface HiddenInputs {
  /** The resource's URN: progress is shown in its row, and its run key is made from it. */
  readonly __urn?: string;
  /** The organisation that the stack belongs to, where there is one. */
  readonly __organization?: string;
  /** `customTimeouts` in seconds, which the engine does not hand to dynamic providers (pulumi/pulumi#15636). */
  readonly __timeLimitSecs?: { readonly create?: number; readonly update?: number };
  /**
   * Paths of the arguments' values that are not known, such as `input.from`; absent when all are known.
   * In a preview that is normal. In `up` the engine takes such values out of the inputs without a word
   * (pulumi/pulumi#14515), so that only the program can tell that a run would be started without them.
   */
  readonly __unknownArguments?: readonly string[];
}

/** Whose resource it is, as one text: two stacks of one name in two organisations are kept apart. */
export function ownerOf({ __organization = "", __urn = "" }: HiddenInputs): string {
  return `${__organization}/${__urn}`;
}

/** How many paths an error names. */
const namedPaths = 5;

/** Throws a `ProviderError` when the arguments of an operation that starts or waits for a run are incomplete. */
export function requireAllKnown({ __unknownArguments: paths = [] }: HiddenInputs): void {
  if (paths.length === 0) return;
  const more = paths.length - namedPaths;
  const named = paths.slice(0, namedPaths).join(", ") + (more > 0 ? ` and ${more} more` : "");
  throw new ProviderError(
    lines(
      message`Nothing was started: there is no value for ${named}, because what it comes from was not deployed.`,
      message`That happens when a resource is left out (--target, --exclude), when it failed and --continue-on-error goes on without it, and with an output that another stack does not have since its last deployment failed.`,
      message`Deploy that resource or stack first, then run \`pulumi up\` again.`,
    ),
  );
}

/**
 * Whether a problem is that of an argument from which the engine took what is not known, as it does in
 * `up`. What is wrong is then said when the value is needed, by `requireAllKnown`. In a preview the engine
 * leaves a mark in its place. Pure.
 */
export function isOfIncomplete(
  { property }: Problem,
  { visible, hidden: { __unknownArguments: paths = [] } }: SplitProperties,
): boolean {
  const name = argumentOf(property);
  return (
    paths.some((path) => argumentOf(path) === name) && !containsUnknown(visible[name], isUnknown)
  );
}

/** The argument that a path begins with. */
function argumentOf(path: string): string {
  return path.split(/[.[]/, 1)[0] ?? "";
}

/** The user's arguments and the hidden ones. */
export interface SplitProperties {
  readonly visible: Record<string, unknown>;
  readonly hidden: HiddenInputs & Record<string, unknown>;
}

/** Splits the properties that the host hands over into the user's arguments and the hidden ones. */
export function splitHidden(properties: Record<string, unknown>): SplitProperties {
  const isHidden = ([name]: [string, unknown]): boolean => name.startsWith("__");
  const entries = Object.entries(properties);
  return {
    visible: Object.fromEntries(entries.filter((entry) => !isHidden(entry))),
    hidden: Object.fromEntries(entries.filter(isHidden)),
  };
}
