import { lines, message, oneLine } from "../apify/message";
import { propertyPath } from "../resources/validate";
import { programError } from "./programError";
import type { Problem } from "../resources/validate";

/** What a walk through the arguments of a resource, or through the value of one Output, collects. */
export interface Walk {
  readonly resourceName: string;
  readonly problems: Problem[];
  /** How many more values the resource may have; shared by all its walks. */
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

/** No input of a size that Apify takes holds as many values. Shared objects could make any number of them. */
const maxValues = 5_000_000;

/** Begins a walk through the arguments of a resource, whose name its errors say. */
export function beginWalk(resourceName: string): Walk {
  return { resourceName, problems: [], left: { values: maxValues } };
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

/** As `refuse`, once, and for the whole argument. */
export function refuseTooMany(walk: Walk, place: Place): unknown {
  if (walk.left.values !== Number.NEGATIVE_INFINITY) {
    const reason = `holds more than ${maxValues} values; put large data into a dataset or key-value store and pass its id`;
    refuse(walk, argumentAt(place), reason);
  }
  walk.left.values = Number.NEGATIVE_INFINITY;
  return undefined;
}

/** How many problems an error lists: a long list of values can have as many. */
const maxListed = 100;

/** Returns the result of a walk; throws a `RunError` with the path of each refused value if there are any. */
export function resultOf<T>({ resourceName, problems }: Walk, result: T): T {
  if (problems.length === 0) return result;
  const listed = problems.slice(0, maxListed);
  const more = problems.length - listed.length;
  throw programError(
    lines(
      message`The arguments of TaskRun "${resourceName}" cannot be sent to Apify as JSON:`,
      ...listed.map(({ property, reason }) => message`  \`${property}\` ${reason}`),
      more > 0 ? message`  and ${more} more` : undefined,
    ),
  );
}

/** Whether a value contains the place that it is in, as in a cycle. */
export function contains(value: object, place: Place | undefined): boolean {
  return place !== undefined && (place.holder === value || contains(value, place.parent));
}

function pathTo({ key, parent }: Place): readonly PropertyKey[] {
  return parent === undefined ? [key] : [...pathTo(parent), key];
}

function argumentAt(place: Place): Place {
  return place.parent === undefined ? place : argumentAt(place.parent);
}
