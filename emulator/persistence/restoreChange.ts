import { runConsoleUrl } from "../state/consoleUrls";
import { giveTag } from "../state/actorsAndTasks";
import { addItems } from "../state/datasetItems";
import { findActor, findUser } from "../state/lookup";
import { putRecord } from "../state/records";
import { addToIndex } from "../state/runIndex";
import { addLogLines, createRunLog } from "../state/runLog";
import { restoreStorage } from "../state/storages";
import { restoredUsage } from "../state/storedForms";
import type { Change, ChargeChange, StoredBuild, StoredRun, StoredTask } from "../state/change";
import type { EmulatorState } from "../state/emulatorState";
import type { Actor, Build, User } from "../state/entities";
import type { Run } from "../state/run";
import type { Storage } from "../state/storage";

/**
 * Makes a change that an earlier emulator has stored. The declaration may have changed since: what
 * concerns Actors that it no longer has stays readable.
 *
 * @throws Error if the data belongs to an account that the declaration does not have
 */
export function restoreChange(state: EmulatorState, change: Change): void {
  switch (change.kind) {
    case "limits":
      userOf(state, change.username).limits = change.limits;
      return;
    case "usage": {
      const { usage } = userOf(state, change.username);
      for (const [day, services] of restoredUsage(change.usage)) usage.set(day, services);
      return;
    }
    case "actorDeleted":
      removeFrom(state.actors, change.actorId);
      return;
    case "build":
      restoreBuild(state, change.actorId, change.build);
      return;
    case "tag": {
      const actor = findActor(state, change.actorId);
      const build = actor?.builds.find(({ id }) => id === change.buildId);
      if (actor && build) giveTag(actor, { tag: change.tag, build });
      return;
    }
    case "task":
      restoreTask(state, change.task);
      return;
    case "taskRuns": {
      const task = state.tasks.find(({ id }) => id === change.taskId);
      if (task !== undefined) task.totalRuns = change.totalRuns;
      return;
    }
    case "taskDeleted":
      removeFrom(state.tasks, change.taskId);
      return;
    case "run":
      restoreRun(state, change.stored);
      return;
    case "log": {
      const entry = state.runs.get(change.runId);
      if (entry !== undefined) addLogLines(entry.log, change.lines);
      return;
    }
    case "charge":
      restoreCharge(state, change);
      return;
    case "delivery":
      state.runs.get(change.runId)?.deliveries.push(change.delivery);
      return;
    case "storage":
      restoreStorage(state, change.storageKind, change.storage);
      return;
    case "items": {
      const dataset = state.datasets.get(change.datasetId);
      if (dataset === undefined) return;
      addItems(dataset, change.items, change.at);
      restoreTime(dataset, change.at);
      return;
    }
    case "record":
    case "recordDeleted": {
      const store = state.keyValueStores.get(change.storeId);
      if (store === undefined) return;
      if (change.kind === "record") putRecord(store, change.key, change.record);
      restoreTime(store, change.at);
      return;
    }
    case "alive":
    case "created":
      // They are used before the other changes are made.
      return;
    case "runDeleted":
    case "storageDeleted":
      // compactChanges has removed what they delete.
      return;
  }
}

/** Changes need not be in the order of their times, because some replace earlier ones. */
function restoreTime(storage: Storage, at: number): void {
  const time = isoDate(at);
  if (time > storage.modifiedAt) storage.modifiedAt = time;
}

function isoDate(millis: number): string {
  return new Date(millis).toISOString();
}

function userOf(state: EmulatorState, username: string): User {
  const user = findUser(state, username);
  if (user !== undefined) return user;
  throw new Error(
    `The folder has data of the account "${username}", which is not declared. Declare it, or use another folder.`,
  );
}

function removeFrom(entities: { readonly id: string }[], id: string): void {
  const at = entities.findIndex((each) => each.id === id);
  if (at !== -1) entities.splice(at, 1);
}

function restoreTask(state: EmulatorState, stored: StoredTask): void {
  userOf(state, stored.username);
  const task = state.tasks.find(({ id }) => id === stored.id);
  if (task === undefined) state.tasks.push({ ...stored, totalRuns: 0 });
  else Object.assign(task, stored);
}

function restoreBuild(state: EmulatorState, actorId: string, stored: StoredBuild): void {
  const actor = findActor(state, actorId);
  if (actor === undefined || actor.builds.some(({ id }) => id === stored.id)) return;
  actor.builds.push(restoredBuild(actor, stored));
}

function restoreCharge(
  state: EmulatorState,
  { runId, event, total, idempotencyKey, at }: ChargeChange,
): void {
  const entry = state.runs.get(runId);
  if (entry === undefined) return;
  entry.run.chargedEventCounts = { ...entry.run.chargedEventCounts, [event]: total };
  if (idempotencyKey !== undefined) entry.chargeKeys.set(idempotencyKey, at);
}

/** A build that was added runs the same code as the newest declared one. */
function restoredBuild(actor: Actor, { id, number, createdAt }: StoredBuild): Build {
  const newest = actor.builds.at(-1);
  return {
    ...{ id, number, createdAt, tags: new Set<string>() },
    program: newest?.program ?? actor.program,
    inputSchema: newest?.inputSchema,
    environmentVariables: newest?.environmentVariables ?? {},
  };
}

function restoreRun(state: EmulatorState, stored: StoredRun): void {
  const { username, actor: actorName, chargeKeys, run, ...fields } = stored;
  const owner = userOf(state, username);
  const actor =
    findActor(state, `${actorName.username}~${actorName.name}`) ??
    deletedActor(owner, actorName, run);
  const build =
    actor.builds.find(({ id }) => id === run.buildId) ??
    restoredBuild(actor, {
      id: run.buildId,
      number: run.buildNumber ?? "0.0.0",
      createdAt: run.startedAt,
    });
  addToIndex(state.runIndex, {
    ...fields,
    run: { ...run, consoleUrl: runConsoleUrl(state, run) },
    ...{ owner, actor, build },
    log: createRunLog(),
    chargeKeys: new Map(chargeKeys),
    deliveries: [],
    reads: 0,
    execution: undefined,
    timers: new Map(),
  });
}

/** An Actor of which only a run is left. */
function deletedActor(owner: User, name: StoredRun["actor"], run: Run): Actor {
  return {
    ...{ id: run.actId, ...name, userId: owner.id, title: null, description: null },
    cwd: process.cwd(),
    program: { kind: "lost" },
    builds: [],
    defaultRunOptions: {},
    pricingInfo: undefined,
    gitBranchName: null,
    refusal: undefined,
    createdAt: run.startedAt,
    modifiedAt: run.startedAt,
  };
}
