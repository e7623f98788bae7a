import { message } from "../apify/message";
import { fullPath } from "../resources/validate";
import { checkFailure, type CheckFailure } from "./hostErrors";
import type { Message } from "../apify/message";
import type { Properties } from "./operations";

/** The key that marks an object as one of Pulumi's special values. Source: sdk/go/common/resource/sig/sig.go in pulumi/pulumi. */
export const signatureKey = "4dabf18193072939515e22adb298388d";

/** What is passed on as it is: a null in it is a value. */
const data: ReadonlySet<string> = new Set(["input", "triggers", "ifGone"]);

/**
 * The properties without nulls, which stand for what was left out: Python sends them for `None` within an argument, Go and YAML
 * for an output without a value. Nulls within `input` and `triggers` stay.
 */
export function withoutNulls(properties: Properties): Properties {
  const given = Object.entries(properties).filter(
    ([name, value]) => value !== null || name === "ifGone",
  );
  return Object.fromEntries(
    given.map(([name, value]) => [name, data.has(name) ? value : withoutNestedNulls(value)]),
  );
}

function withoutNestedNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNestedNulls);
  return typeof value === "object" && value !== null ? withoutNulls(value as Properties) : value;
}

/** The values that Apify would not get as they are: files, and numbers that JSON does not have. */
export function failuresOfValues(
  value: unknown,
  path: readonly PropertyKey[] = [],
): CheckFailure[] {
  const failure = (reason: Message): CheckFailure[] => [
    checkFailure({ property: fullPath(path), reason }),
  ];
  if (typeof value === "number" && !Number.isFinite(value)) {
    return failure(
      message`is ${value}, which JSON cannot represent; pass a finite number or a string`,
    );
  }
  if (typeof value !== "object" || value === null) return [];
  if (signatureKey in value) {
    return failure(message`is an asset, an archive or a resource; pass its text or its id instead`);
  }
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => failuresOfValues(inner, [...path, key]));
}
