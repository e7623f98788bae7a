import { createHash } from "node:crypto";

/** Apify's limit. */
const longestName = 63;

/** The characters of the suffix, as many as Pulumi's own automatic names have. */
const suffixLength = 7;

/**
 * A task's name when the program gives none: the resource's name and a suffix. The suffix is a hash of the
 * owner, and of the task that is replaced, rather than random: a deployment that was killed after it had created the
 * task gets the same name again, and so finds that task. Pure.
 */
export function autoName(
  resourceName: string,
  owner: string,
  replacedTaskId: string | undefined,
): string {
  return withSuffix(resourceName, hashOf(`${owner} ${replacedTaskId ?? ""}`));
}

/** The name that a task gets when the task that replaces it takes its name. Pure. */
export function replacedName(name: string, taskId: string): string {
  return withSuffix(name, `replaced-${hashOf(taskId)}`);
}

function withSuffix(text: string, suffix: string): string {
  const base = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, longestName - suffix.length - 1)
    .replace(/^-|-$/g, "");
  return base === "" ? `task-${suffix}` : `${base}-${suffix}`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, suffixLength);
}
