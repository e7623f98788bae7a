import { isDeepStrictEqual } from "node:util";
import { isData } from "./json";

/** Whether two JSON values are the same, whatever the order of their properties. */
export function same(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}

/** Whether an object has all these properties. */
export function isSubset(properties: Readonly<Record<string, unknown>>, object: unknown): boolean {
  return (
    isData(object) && Object.entries(properties).every(([name, value]) => same(object[name], value))
  );
}
