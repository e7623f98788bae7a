import type { Asked } from "./state";
import type { IsUnknown } from "../validate";

type Kind = "text" | "number" | "flag" | "list" | "object";

/**
 * What each stored argument is, no more: other versions may allow other values, but to work with a
 * value of another kind would fail somewhere.
 */
const kinds: Readonly<Record<keyof Asked, Kind>> = {
  actorTaskId: "text",
  input: "object",
  build: "text",
  timeoutSecs: "number",
  memoryMbytes: "number",
  maxItems: "number",
  maxTotalChargeUsd: "number",
  restartOnError: "flag",
  webhooks: "list",
  triggers: "list",
  idempotencyKey: "text",
  adoptRunId: "text",
  trackBuild: "flag",
  trackTask: "flag",
  maxAgeSecs: "number",
  cron: "text",
  timeZone: "text",
  acceptStatuses: "list",
  onFailure: "text",
  waitSecs: "number",
  showLog: "flag",
  startWaitSecs: "number",
  onDelete: "text",
  onExpired: "text",
  account: "text",
  trackedBuild: "text",
  trackedTask: "text",
  askedAt: "text",
  startedBuild: "text",
};

const is: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  flag: (value) => typeof value === "boolean",
  list: (value) => Array.isArray(value),
  object: (value) => typeof value === "object" && !Array.isArray(value),
};

/** Stored arguments, parted by whether this version can work with them. */
export interface StoredArguments {
  /** With everything that this version does not know, which a later one may have stored. */
  readonly usable: Readonly<Record<string, unknown>>;
  readonly unusable: Readonly<Record<string, unknown>>;
}

/** Parts stored arguments by whether each is of its kind, or not known yet. Pure. */
export function partArguments(
  stored: Readonly<Record<string, unknown>>,
  isUnknown: IsUnknown,
): StoredArguments {
  const isUsable = ([name, value]: readonly [string, unknown]): boolean =>
    !Object.hasOwn(kinds, name) ||
    isUnknown(value) ||
    (value !== null && is[kinds[name as keyof Asked]](value));
  const entries = Object.entries(stored);
  return {
    usable: Object.fromEntries(entries.filter(isUsable)),
    unusable: Object.fromEntries(entries.filter((entry) => !isUsable(entry))),
  };
}

/** What is wrong with each argument that is not usable, by its name. */
export function problemsOfArguments(
  unusable: StoredArguments["unusable"],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(unusable).map((name) => [name, `is no ${kinds[name as keyof Asked]}`]),
  );
}
