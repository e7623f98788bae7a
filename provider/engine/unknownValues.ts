import { lines, message } from "../apify/message";
import { ProviderError } from "../resources/errors";
import { containsUnknown } from "../resources/unknown";
import type { Message } from "../apify/message";
import type { Problem } from "../resources/validate";
import type { HiddenInputs, SplitProperties } from "./hiddenInputs";

/** Pulumi's mark for a value that is not known yet, at any depth of the inputs of a preview. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value is not known yet. */
export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}

/** Maximum number of paths that an error names. */
const namedPaths = 5;

/** Throws a `ProviderError` that begins with `nothingDone` if arguments of an operation that acts lack values. */
export function assertAllKnown(
  { __unknownArguments: paths = [] }: HiddenInputs,
  nothingDone: Message,
): void {
  if (paths.length === 0) return;
  const more = paths.length - namedPaths;
  const named =
    paths
      .slice(0, namedPaths)
      .map((path) => `\`${path}\``)
      .join(", ") + (more > 0 ? ` and ${more} more` : "");
  throw new ProviderError(
    lines(
      message`${nothingDone}: there is no value for ${named}, because the resource or stack that it comes from was not deployed.`,
      message`This happens if a resource was left out (--target, --exclude), if a resource failed and --continue-on-error let the deployment go on, or if another stack lacks an output because its last deployment failed.`,
      message`Deploy that resource or stack first, then run \`pulumi up\` again.`,
    ),
  );
}

/**
 * Whether a problem concerns an argument from which the engine removed unknown values, as it does in `up`.
 * `assertAllKnown` reports these if the value is needed. In a preview the engine replaces each unknown value
 * by a mark, so nothing is removed. Pure.
 */
export function isOfRemovedValue(
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
