import stringify from "safe-stable-stringify";

/** The one text of a JSON value: two values are the same exactly when their texts are, whatever the order of their keys. */
export function canonicalJson(value: unknown): string {
  return stringify(value) ?? "null";
}
