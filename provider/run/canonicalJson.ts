import stringify from "safe-stable-stringify";

/** A JSON value as text. Two values are equal, whatever the order of their keys, exactly if their texts are. */
export function canonicalJson(value: unknown): string {
  return stringify(value) ?? "null";
}
