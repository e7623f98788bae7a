import { isTerminal } from "./run";
import type { RunEntry } from "./entities";

/**
 * All runs, and what finds them without looking at each. Only the functions in this file change it, so
 * that no request costs work in proportion to all runs.
 */
export interface RunIndex {
  /** In the order of their start. */
  readonly byId: Map<string, RunEntry>;
  readonly byToken: Map<string, RunEntry>;
  /** By account id and `idempotencyKey` of a webhook. */
  readonly webhookKeys: Map<string, RunEntry>;
  /** By account id: the runs that have not ended. */
  readonly live: Map<string, Set<RunEntry>>;
  /** The runs of an account, of a task, and of an account's Actor, each in the order of their start. */
  readonly lists: Map<string, RunEntry[]>;
}

/** Which runs a list contains. Without an Actor or a task, it contains all runs of the account. */
export type RunListName = { readonly userId: string } & (
  | { readonly taskId?: never; readonly actId?: never }
  | { readonly taskId: string; readonly actId?: never }
  | { readonly actId: string; readonly taskId?: never }
);

/** Creates an index without runs. */
export function createRunIndex(): RunIndex {
  return {
    byId: new Map(),
    byToken: new Map(),
    webhookKeys: new Map(),
    live: new Map(),
    lists: new Map(),
  };
}

/** Adds a run. */
export function addToIndex(index: RunIndex, entry: RunEntry): void {
  index.byId.set(entry.run.id, entry);
  index.byToken.set(entry.token, entry);
  for (const key of webhookKeysOf(entry)) index.webhookKeys.set(key, entry);
  addToLists(index, entry);
  followStatus(index, entry);
}

/** Removes a run. */
export function removeFromIndex(index: RunIndex, entry: RunEntry): void {
  index.byId.delete(entry.run.id);
  index.byToken.delete(entry.token);
  for (const key of webhookKeysOf(entry)) index.webhookKeys.delete(key);
  removeFromLists(index, entry);
  followStatus(index, entry);
}

/** Makes a change that can move a run to other lists: of its Actor or its task. */
export function moveInIndex(index: RunIndex, entry: RunEntry, change: () => void): void {
  removeFromLists(index, entry);
  change();
  addToLists(index, entry);
}

/** Counts a run as live or not, after its status has changed. */
export function followStatus({ byId, live }: RunIndex, entry: RunEntry): void {
  const { id, status } = entry.run;
  const ofOwner = live.get(entry.owner.id) ?? new Set();
  if (byId.has(id) && !isTerminal(status)) live.set(entry.owner.id, ofOwner.add(entry));
  else if (ofOwner.delete(entry) && ofOwner.size === 0) live.delete(entry.owner.id);
}

/** The runs of a list, in the order of their start. */
export function runList({ lists }: RunIndex, name: RunListName): readonly RunEntry[] {
  return lists.get(keyOf(name)) ?? [];
}

/** The runs of an account that have not ended. */
export function liveRunsOf({ live }: RunIndex, userId: string): readonly RunEntry[] {
  return [...(live.get(userId) ?? [])];
}

/** Whether a run of the account has a webhook with this `idempotencyKey`. */
export function hasWebhookKey({ webhookKeys }: RunIndex, userId: string, key: string): boolean {
  return webhookKeys.has(`${userId} ${key}`);
}

function webhookKeysOf({ owner, webhooks }: RunEntry): string[] {
  return webhooks.flatMap(({ idempotencyKey: key }) =>
    key === undefined || key === null ? [] : [`${owner.id} ${key}`],
  );
}

function keyOf({ userId, taskId, actId }: RunListName): string {
  if (taskId !== undefined) return `${userId} task ${taskId}`;
  return actId === undefined ? userId : `${userId} actor ${actId}`;
}

function keysOf({ owner, run }: RunEntry): string[] {
  const userId = owner.id;
  const { actId, actorTaskId } = run;
  const keys = [keyOf({ userId }), keyOf({ userId, actId })];
  return actorTaskId === null ? keys : [...keys, keyOf({ userId, taskId: actorTaskId })];
}

function addToLists({ lists }: RunIndex, entry: RunEntry): void {
  for (const key of keysOf(entry)) {
    const list = lists.get(key) ?? [];
    lists.set(key, list);
    // A new run is the last one. A run that comes from another list may be older.
    let at = list.length;
    while (at > 0 && (list[at - 1]?.createdAt ?? 0) > entry.createdAt) at -= 1;
    list.splice(at, 0, entry);
  }
}

function removeFromLists({ lists }: RunIndex, entry: RunEntry): void {
  for (const key of keysOf(entry)) {
    const list = lists.get(key) ?? [];
    const at = list.lastIndexOf(entry);
    if (at !== -1) list.splice(at, 1);
    if (list.length === 0) lists.delete(key);
  }
}
