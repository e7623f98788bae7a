import stringify from "safe-stable-stringify";

/** A JSON value as text, with sorted keys: two values have the same text if, and only if, they differ in nothing but the order of keys. */
export function canonicalJson(value: unknown): string {
  return stringify(value) ?? "null";
}

/** Whether two JSON values differ in nothing but the order of keys. */
export function isSameJson(one: unknown, other: unknown): boolean {
  return one === other || canonicalJson(one) === canonicalJson(other);
}
