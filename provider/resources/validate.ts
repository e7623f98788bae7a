import { message, oneLine } from "../apify/message";
import type { Message } from "../apify/message";
import type { IsUnknown } from "./unknown";
import type { z } from "zod";

/** A problem with a property; `property` is a path such as `webhooks[0].requestUrl`. */
export interface Problem {
  readonly property: string;
  readonly reason: Message;
}

/**
 * Finds all problems of a resource's arguments at once, at most one for each property. A value that is
 * not known yet is no problem. Pure.
 */
export function validate(
  schema: z.ZodObject,
  args: Record<string, unknown>,
  isUnknown: IsUnknown,
): readonly Problem[] {
  const { error } = schema.safeParse(args);
  const problems = new Map<string, Problem>();
  for (const issue of error?.issues ?? []) {
    if (leadsToUnknown(issue.path, args, isUnknown)) continue;
    for (const problem of problemsOf(issue, Object.keys(schema.shape))) {
      if (!problems.has(problem.property)) problems.set(problem.property, problem);
    }
  }
  return [...problems.values()];
}

function problemsOf(issue: z.core.$ZodIssue, names: readonly string[]): readonly Problem[] {
  if (issue.code !== "unrecognized_keys") {
    return [{ property: propertyPath(issue.path), reason: oneLine(issue.message) }];
  }
  return issue.keys.map((key) => ({
    property: propertyPath([...issue.path, key]),
    reason: unknownProperty(key, issue.path.length === 0 ? names : []),
  }));
}

/** Whether a path leads to, or through, a value that is not known yet. */
function leadsToUnknown(
  path: readonly PropertyKey[],
  args: Record<string, unknown>,
  isUnknown: IsUnknown,
): boolean {
  let value: unknown = args;
  for (const key of path) {
    value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
    if (isUnknown(value)) return true;
  }
  return false;
}

/** A path as a program would write it: `input.startUrls[0]["max depth"]`. A long one is cut off. */
export function propertyPath(path: readonly PropertyKey[]): string {
  const text = fullPath(path);
  const characters = Array.from(text);
  return characters.length <= maxPathLength
    ? text
    : `${characters.slice(0, maxPathLength).join("")}…`;
}

/** Like `propertyPath`, of any length. */
export function fullPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((before, key) => {
    if (typeof key === "number") return `${before}[${key}]`;
    const name = String(key);
    if (!/^[\w$]+$/.test(name)) return `${before}[${JSON.stringify(name)}]`;
    return before === "" ? name : `${before}.${name}`;
  }, "");
}

/** Maximum number of characters of a path; the rest is cut off. */
const maxPathLength = 200;

function unknownProperty(name: string, known: readonly string[]): Message {
  const plain = simplified(name);
  const close = known.find((candidate) => {
    const other = simplified(candidate);
    return plain.length > 2 && (other.includes(plain) || plain.includes(other));
  });
  return close === undefined
    ? message`is not a known property; check its spelling`
    : message`is not a known property; did you mean \`${close}\`?`;
}

function simplified(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, "");
}
