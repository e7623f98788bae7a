import * as pulumi from "@pulumi/pulumi";
import { types } from "node:util";
import { messageOf } from "../apify/errors";
import { oneLine } from "../apify/message";
import { maxNesting, tooDeep } from "../resources/nesting";
import { propertyPath, type Problem } from "../resources/validate";
import { isInvalidDate, whyNotJson, whyNotKey } from "./jsonValue";
import { notJsonError } from "./notJsonError";

/** No input of the size that Apify takes holds as many, and shared objects could make any number of them. */
const maxValues = 5_000_000;

/** What is gathered on the way through the arguments of a resource, or through what an Output holds. */
interface Walk {
  readonly resourceName: string;
  readonly problems: Problem[];
  /** How many more values the resource may have. */
  readonly left: { values: number };
}

/** Where a value is: under a key of the holder, which has a place itself unless it holds the arguments. */
interface Place {
  readonly key: string | number;
  readonly holder: object;
  readonly parent: Place | undefined;
  /** How many lists and objects of the argument are around the value. */
  readonly depth: number;
}

/**
 * The arguments as `JSON.stringify` has them, at any depth. Pulumi's SDK changes in silence what is
 * not JSON: a Date becomes `{}`, NaN becomes null, and a function vanishes
 * (https://github.com/pulumi/pulumi/issues/2581).
 *
 * Outputs and promises stay what they are, and so do secrets, dependencies and values that are not
 * known yet; what they resolve to is converted in the same way once it is there.
 *
 * @param resourceName For the error.
 * @throws pulumi.RunError with the path of each value that is refused. An Output or promise that
 * resolves to such a value is rejected with the same.
 */
export function jsonArguments(resourceName: string, args: object): pulumi.Inputs {
  const walk: Walk = { resourceName, problems: [], left: { values: maxValues } };
  const json = withoutProblems(walk, membersOf(walk, args, undefined));
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name, hasText(value) ? value : inOutput(value)]),
  );
}

/** Whether JavaScript can make a text of a value: not if it has a `toString` of its own that is data. */
function hasText(value: unknown): boolean {
  try {
    String(value);
    return true;
  } catch {
    return false;
  }
}

/**
 * Pulumi's SDK makes a text of each argument, for the case that its promise leaks, unless it is an
 * Output. The others stay as they are, for the transforms of a program.
 */
function inOutput(value: unknown): pulumi.Output<unknown> {
  return pulumi.output(0).apply(() => value);
}

/** Hands on what a walk gave, unless it found a problem. */
function withoutProblems<T>(walk: Walk, value: T): T {
  if (walk.problems.length > 0) throw notJsonError(walk.resourceName, walk.problems);
  return value;
}

/** What is refused counts as not there, so that the walk goes on and finds the rest. */
function refuse({ problems }: Walk, place: Place, reason: string): unknown {
  problems.push({ property: propertyPath(pathTo(place)), reason: oneLine(reason) });
  return undefined;
}

function jsonAt(walk: Walk, place: Place): unknown {
  walk.left.values -= 1;
  if (walk.left.values < 0) return refuseTooMany(walk, place);
  return jsonOf(walk, () => (place.holder as Record<string | number, unknown>)[place.key], place);
}

/** The JSON of what `read` gives. Programs may throw anything anywhere: in getters, in proxies, in `toJSON`. */
function jsonOf(walk: Walk, read: () => unknown, place: Place): unknown {
  try {
    const given = read();
    const value =
      isPending(given) || isInvalidDate(given) ? given : unboxed(afterToJson(given, place));
    if (isOutput(value)) return ofOutput(walk, value, place);
    if (types.isPromise(value)) return value.then((there) => ofPromise(walk, there, place));
    // What the SDK itself has for a value that is not known yet.
    if (value === pulumi.unknown) return value;
    const reason = whyNotJson(value);
    if (reason !== undefined) return refuse(walk, place, reason);
    // JSON does not tell the two zeros apart, and Pulumi does.
    if (value === 0) return 0;
    return typeof value === "object" && value !== null ? contentOf(walk, value, place) : value;
  } catch (error) {
    return refuse(walk, place, `cannot be read: ${wordsOf(error)}`);
  }
}

function contentOf(walk: Walk, value: object, place: Place): unknown {
  if (isInside(value, place)) {
    return refuse(walk, place, "is an object that it is itself a part of; JSON has no cycles");
  }
  if (place.depth >= maxNesting) return refuse(walk, place, tooDeep);
  return Array.isArray(value) ? elementsOf(walk, value, place) : membersOf(walk, value, place);
}

function elementsOf(walk: Walk, holder: readonly unknown[], parent: Place): unknown {
  const { length } = holder;
  // A list can be long without holding anything.
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

/** What is wrong with its value is told on its own: when the value is there, the rest has been told. */
function ofOutput(walk: Walk, output: pulumi.Output<unknown>, place: Place): unknown {
  return output.apply(async (there) => {
    const own = { ...walk, problems: [] };
    const value = jsonOf(own, () => there, place);
    const isNothing = value === undefined && own.problems.length === 0;
    if (isNothing && typeof place.key === "string" && (await pulumi.isSecret(output))) {
      refuse(own, place, "is a secret without a value, of which Pulumi makes null; leave it out");
    }
    return withoutProblems(own, value);
  });
}

/** As of an Output. */
function ofPromise(walk: Walk, there: unknown, place: Place): unknown {
  const own = { ...walk, problems: [] };
  return withoutProblems(
    own,
    jsonOf(own, () => there, place),
  );
}

/** Said once, of the whole argument. */
function refuseTooMany(walk: Walk, place: Place): unknown {
  if (walk.left.values !== Number.NEGATIVE_INFINITY) refuse(walk, argumentAt(place), tooMany);
  walk.left.values = Number.NEGATIVE_INFINITY;
  return undefined;
}

const tooMany = `holds more than ${maxValues} values; put large data into a dataset or key-value store and pass its id`;

function isPending(value: unknown): boolean {
  return isOutput(value) || types.isPromise(value);
}

/** Asked first of all: an Output has a `toJSON`, and that does not tell its value. */
function isOutput(value: unknown): value is pulumi.Output<unknown> {
  // An object in JSON may claim to be one.
  return pulumi.Output.isInstance(value) && typeof value.apply === "function";
}

/** What a value says of itself, as `JSON.stringify` asks it: once, with its key. */
function afterToJson(given: unknown, { key, depth }: Place): unknown {
  if (given === null || !spokenFor.has(typeof given)) return given;
  const { toJSON: toJson } = given as { toJSON?: unknown };
  const name = depth === 0 ? "" : String(key);
  return typeof toJson === "function" ? (toJson.call(given, name) as unknown) : given;
}

/** The types that `JSON.stringify` asks. */
const spokenFor: ReadonlySet<string> = new Set(["object", "function", "bigint"]);

function unboxed(value: unknown): unknown {
  if (!types.isBoxedPrimitive(value)) return value;
  if (types.isNumberObject(value)) return Number(value);
  return types.isStringObject(value) ? String(value) : value.valueOf();
}

function pathTo({ key, parent }: Place): readonly PropertyKey[] {
  return parent === undefined ? [key] : [...pathTo(parent), key];
}

function isInside(value: object, place: Place | undefined): boolean {
  return place !== undefined && (place.holder === value || isInside(value, place.parent));
}

function argumentAt(place: Place): Place {
  return place.parent === undefined ? place : argumentAt(place.parent);
}
/** Anything can be thrown, even what cannot be made a text. */
function wordsOf(thrown: unknown): string {
  try {
    return messageOf(thrown);
  } catch {
    return "reading it throws";
  }
}
