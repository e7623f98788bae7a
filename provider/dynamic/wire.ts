/**
 * Makes a value fit for Pulumi's wire, which fails a create after the run has finished, and so
 * loses it, over a single `undefined` (https://github.com/pulumi/pulumi/issues/3012): leaves out
 * `undefined` and functions, turns dates into ISO 8601 and numbers that JSON lacks into null.
 */
export function toWire(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

/** What stands for a value that is not known yet, at any depth of the inputs of a preview. */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Recognises a value that is not known yet. */
export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}
