import stringify from "safe-stable-stringify";

/** A JSON value as text, with sorted keys: two values have the same text if, and only if, they differ in nothing but the order of keys. */
export function canonicalJson(value: unknown): string {
  return stringify(value) ?? "null";
}

/** Whether two JSON values differ in nothing but the order of keys. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  // Most values have the same order of keys as well, and then sorting them is needless.
  return (
    JSON.stringify(one) === JSON.stringify(other) || canonicalJson(one) === canonicalJson(other)
  );
}
