import { lines, message, oneLine } from "../apify/message";
import { propertyPath } from "../resources/validate";
import { programError } from "./programError";
import type { Problem } from "../resources/validate";

/** A walk through the arguments of a resource, or through the value of one Output, and what it has found. */
export interface Walk {
  /** The resource as an error names it, such as: TaskRun "prices" */
  readonly resource: string;
  readonly problems: Problem[];
  /** How many more values the resource may have; all its walks share this. */
  readonly left: { values: number };
}

/** Where a value is: under a key of its holder. The arguments themselves have no place. */
export interface Place {
  readonly key: string | number;
  readonly holder: object;
  readonly parent: Place | undefined;
  /** How many lists and objects of the argument contain the value. */
  readonly depth: number;
}

/** Maximum number of values. No input of a size that Apify accepts has as many, but objects that are referenced repeatedly could produce any number. */
const maxValues = 5_000_000;

/** Begins a walk through the arguments of a resource. */
export function beginWalk(resource: string): Walk {
  return { resource, problems: [], left: { values: maxValues } };
}

/** A walk of the same resource that reports its problems separately. */
export function separateWalk(walk: Walk): Walk {
  return { ...walk, problems: [] };
}

/** Notes that a value is refused, and returns `undefined` in its place, so that the walk finds the other problems too. */
export function refuse({ problems }: Walk, place: Place, reason: string): unknown {
  problems.push({ property: propertyPath(pathTo(place)), reason: oneLine(reason) });
  return undefined;
}

/** Refuses the whole argument, once, because the resource has too many values. */
export function refuseTooMany(walk: Walk, place: Place): unknown {
  if (walk.left.values !== Number.NEGATIVE_INFINITY) {
    const reason = `holds more than ${maxValues} values; put large data into a dataset or key-value store and pass its id`;
    refuse(walk, argumentAt(place), reason);
  }
  walk.left.values = Number.NEGATIVE_INFINITY;
  return undefined;
}

/** Maximum number of problems that an error lists. */
const maxListed = 100;

/** Returns the result of a walk; throws a `RunError` with the path of each refused value, if any. */
export function resultOf<T>({ resource, problems }: Walk, result: T): T {
  if (problems.length === 0) return result;
  const listed = problems.slice(0, maxListed);
  const more = problems.length - listed.length;
  throw programError(
    lines(
      message`The arguments of ${resource} cannot be sent to Apify as JSON:`,
      ...listed.map(({ property, reason }) => message`  \`${property}\` ${reason}`),
      more > 0 ? message`  and ${more} more` : undefined,
    ),
  );
}

/** Whether a value contains the place in which it is, as in a cycle. */
export function contains(value: object, place: Place | undefined): boolean {
  return place !== undefined && (place.holder === value || contains(value, place.parent));
}

function pathTo({ key, parent }: Place): readonly PropertyKey[] {
  return parent === undefined ? [key] : [...pathTo(parent), key];
}

function argumentAt(place: Place): Place {
  return place.parent === undefined ? place : argumentAt(place.parent);
}
