import * as pulumi from "@pulumi/pulumi";
import { types } from "node:util";
import { messageOf } from "../apify/errors";
import { maxNesting, tooDeep } from "../resources/nesting";
import { isInvalidDate, toJsonResult, unboxed, whyNotJson, whyNotKey } from "./jsonValue";
import { beginWalk, contains, refuse, refuseTooMany, resultOf, separateWalk } from "./jsonWalk";
import type { Place, Walk } from "./jsonWalk";

/**
 * The arguments as `JSON.stringify` converts them, at any depth. Pulumi's SDK silently changes values that
 * are not JSON: a Date becomes `{}`, NaN becomes null, and a function vanishes
 * (https://github.com/pulumi/pulumi/issues/2581).
 *
 * Outputs and promises stay Outputs and promises, with their secrets, dependencies and unknown values. The
 * values that they resolve to are converted in the same way.
 *
 * @param resource The resource as the error names it, such as: TaskRun "prices"
 * @throws pulumi.RunError with the path of each refused value. An Output or promise that resolves to such
 * a value is rejected with the same error.
 */
export function jsonArguments(resource: string, args: object): pulumi.Inputs {
  const walk = beginWalk(resource);
  const json = resultOf(walk, membersOf(walk, args, undefined));
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name, hasText(value) ? value : inOutput(value)]),
  );
}

/** Whether JavaScript can convert a value to a string. It cannot if `toString` is overridden by data. */
function hasText(value: unknown): boolean {
  try {
    String(value);
    return true;
  } catch {
    return false;
  }
}

/**
 * Pulumi's SDK converts each argument to a string, for its report of leaked promises, unless it is an
 * Output. Arguments that have a string stay as they are, for the transforms of a program.
 */
function inOutput(value: unknown): pulumi.Output<unknown> {
  return pulumi.output(0).apply(() => value);
}

function jsonAt(walk: Walk, place: Place): unknown {
  walk.left.values -= 1;
  if (walk.left.values < 0) return refuseTooMany(walk, place);
  return jsonOf(walk, () => (place.holder as Record<string | number, unknown>)[place.key], place);
}

/** The JSON of the value that `read` returns. A program's getters, proxies and `toJSON` may throw anything. */
function jsonOf(walk: Walk, read: () => unknown, place: Place): unknown {
  try {
    const given = read();
    const value =
      isPending(given) || isInvalidDate(given)
        ? given
        : unboxed(toJsonResult(given, place.depth === 0 ? "" : String(place.key)));
    if (isOutput(value)) return ofOutput(walk, value, place);
    if (types.isPromise(value)) return value.then((resolved) => ofPromise(walk, resolved, place));
    // The SDK's own mark of a value that is not known yet.
    if (value === pulumi.unknown) return value;
    const reason = whyNotJson(value);
    if (reason !== undefined) return refuse(walk, place, reason);
    // JSON does not distinguish 0 from -0, but Pulumi does.
    if (value === 0) return 0;
    return typeof value === "object" && value !== null ? contentOf(walk, value, place) : value;
  } catch (error) {
    return refuse(walk, place, `cannot be read: ${textOf(error)}`);
  }
}

function contentOf(walk: Walk, value: object, place: Place): unknown {
  if (contains(value, place)) {
    return refuse(walk, place, "contains itself; JSON has no cycles");
  }
  if (place.depth >= maxNesting) return refuse(walk, place, tooDeep);
  return Array.isArray(value) ? elementsOf(walk, value, place) : membersOf(walk, value, place);
}

function elementsOf(walk: Walk, holder: readonly unknown[], parent: Place): unknown {
  const { length } = holder;
  // A sparse list can be long without holding any values.
  if (length > walk.left.values) return refuseTooMany(walk, parent);
  const depth = parent.depth + 1;
  return Array.from({ length }, (_, key) => jsonAt(walk, { key, holder, parent, depth }) ?? null);
}

function membersOf(walk: Walk, holder: object, parent: Place | undefined): pulumi.Inputs {
  const keys = Object.keys(holder);
  const depth = parent === undefined ? 0 : parent.depth + 1;
  const members: [string, unknown][] = [];
  for (const key of keys) {
    const place = { key, holder, parent, depth };
    const reason = whyNotKey(key);
    const value = reason === undefined ? jsonAt(walk, place) : refuse(walk, place, reason);
    if (value !== undefined) members.push([key, value]);
  }
  return Object.fromEntries(members);
}

/** Converts an Output. Its problems are reported separately, since all others were reported before it resolved. */
function ofOutput(walk: Walk, output: pulumi.Output<unknown>, place: Place): unknown {
  return output.apply(async (resolved) => {
    const own = separateWalk(walk);
    const value = jsonOf(own, () => resolved, place);
    const isNothing = value === undefined && own.problems.length === 0;
    if (isNothing && typeof place.key === "string" && (await pulumi.isSecret(output))) {
      refuse(own, place, "is a secret without a value, which Pulumi turns into null; omit it");
    }
    return resultOf(own, value);
  });
}

/** Converts the value of a promise, like that of an Output. */
function ofPromise(walk: Walk, resolved: unknown, place: Place): unknown {
  const own = separateWalk(walk);
  return resultOf(
    own,
    jsonOf(own, () => resolved, place),
  );
}

function isPending(value: unknown): boolean {
  return isOutput(value) || types.isPromise(value);
}

/** Whether a value is an Output. Check this before calling `toJSON`: that of an Output does not return its value. */
function isOutput(value: unknown): value is pulumi.Output<unknown> {
  // An object in JSON can imitate an Output's mark.
  return pulumi.Output.isInstance(value) && typeof value.apply === "function";
}

/** The message of any thrown value, even one that cannot be converted to a string. */
function textOf(thrown: unknown): string {
  try {
    return messageOf(thrown);
  } catch {
    return "the error has no message";
  }
}
