import type { Behaviour } from "./behaviour";
import type { Platform } from "./platform";
import { charge } from "./runs/charge";
import { addRun, finish, setFields, type FinishOptions, type NewRun } from "./runs/drive";
import { appendLog } from "./runs/log";
import { metamorph } from "./runs/metamorph";
import { expireRun } from "./runs/remove";
import { whenRun } from "./runs/watch";
import type { ChargeResult } from "./state/actorFunction";
import type { AccountLimits, TaskPatch } from "./state/declaration";
import type { Actor, RunEntry, Task } from "./state/entities";
import { findActor } from "./state/lookup";
import { addBuild, userNamed } from "./state/seed";
import { isTerminal, type JsonObject, type Run, type RunPatch } from "./state/shapes";
import { recordValue } from "./state/storages";
import { editTask } from "./state/tasks";

/** A build that a test adds. */
export interface NewBuild {
  readonly number: string;
  readonly tags?: readonly string[];
}

/** What a test can see and do beside the API. */
export interface EmulatorControls {
  /** Copies of all runs, oldest first. */
  readonly runs: () => Run[];
  /** A copy of one run. */
  readonly run: (runId: string) => Run | undefined;
  /** Copies of the runs that are not terminal. */
  readonly liveRuns: () => Run[];
  /** The ad-hoc webhooks that a run was started with. */
  readonly webhooks: (runId: string) => unknown[];
  /** Ends a run, whatever its Actor does. A status that is not terminal is only set. */
  readonly finish: (runId: string, options?: FinishOptions) => void;
  /** Changes any fields of a run; a status that is set so stays until something else ends it. */
  readonly setStatus: (runId: string, patch: RunPatch) => void;
  /** Adds to the log of a run, as its Actor would. */
  readonly log: (runId: string, text: string) => void;
  /** Forgets a run and its storages, as retention does. */
  readonly expireRun: (runId: string) => void;
  /** Starts a run that no API client starts; gives a copy of it. */
  readonly addRun: (run: NewRun) => Run;
  /** Charges a run for events of its Actor; gives what of them fits into its limit. */
  readonly charge: (runId: string, event: string, count?: number) => ChargeResult;
  /** Turns a run into one of another Actor (id or `username~name`), as an Actor can. */
  readonly metamorph: (
    runId: string,
    actor: string,
    options?: { readonly build?: string; readonly input?: JsonObject },
  ) => void;
  /** Deletes an Actor (id or `username~name`); its tasks and its runs stay. */
  readonly deleteActor: (actor: string) => void;
  /** Adds a build to an Actor (id or `username~name`); its tags move to it. Returns its id. */
  readonly addBuild: (actor: string, build: NewBuild) => string;
  /** Edits a task (id or `username~name`), as in Apify Console. */
  readonly editTask: (task: string, patch: TaskPatch) => void;
  /** Changes how the emulator behaves from now on. */
  readonly setBehaviour: (patch: Partial<Behaviour>) => void;
  /** Sets what an account may use at one time. */
  readonly setLimits: (username: string, limits: Partial<AccountLimits>) => void;
  /** Gives an account another token; the one that it had is refused from now on. */
  readonly setToken: (username: string, token: string) => void;
  /** Resolves with the first run that fits, now or at any later change. */
  readonly whenRun: (predicate: (run: Run) => boolean) => Promise<Run>;
  /** The items of a dataset. */
  readonly dataset: (datasetId: string) => JsonObject[];
  /** The value of a record, or undefined. */
  readonly record: (storeId: string, key: string) => unknown;
}

/** Makes the controls of an emulator. */
export function controls(platform: Platform): EmulatorControls {
  const snapshots = (): Run[] => [...platform.runs.values()].map(({ run }) => structuredClone(run));
  return {
    runs: snapshots,
    run: (runId) => structuredClone(platform.runs.get(runId)?.run),
    liveRuns: () => snapshots().filter(({ status }) => !isTerminal(status)),
    webhooks: (runId) => structuredClone([...runNamed(platform, runId).webhooks]),
    finish: (runId, options = {}) => {
      finish(platform, runNamed(platform, runId), options);
    },
    setStatus: (runId, patch) => {
      setFields(platform, runNamed(platform, runId), patch);
    },
    log: (runId, text) => {
      appendLog(platform, runNamed(platform, runId), text);
    },
    expireRun: (runId) => {
      expireRun(platform, runNamed(platform, runId));
    },
    addRun: ({ task, ...asked }) => addRun(platform, taskNamed(platform, task), asked),
    charge: (runId, event, count = 1) =>
      charge(platform, runNamed(platform, runId), { event, count }),
    metamorph: (runId, actor, options = {}) => {
      const target = { ...options, actor: actorNamed(platform, actor) };
      metamorph(platform, runNamed(platform, runId), target);
    },
    deleteActor: (actor) => {
      platform.actors.splice(platform.actors.indexOf(actorNamed(platform, actor)), 1);
    },
    addBuild: (actor, { number, tags = [] }) =>
      addBuild(platform, actorNamed(platform, actor), { number, tags: [...tags] }).id,
    editTask: (task, patch) => {
      editTask(platform, taskNamed(platform, task), patch);
    },
    setBehaviour: (patch) => {
      Object.assign(platform.behaviour, patch);
    },
    setLimits: (username, limits) => {
      const user = userNamed(platform, username);
      user.limits = { ...user.limits, ...limits };
    },
    setToken: (username, token) => {
      userNamed(platform, username).token = token;
    },
    whenRun: (predicate) => whenRun(platform, predicate),
    dataset: (datasetId) =>
      (platform.datasets.get(datasetId)?.items ?? []).map(({ value }) => structuredClone(value)),
    record: (storeId, key) => {
      const record = platform.keyValueStores.get(storeId)?.records.get(key);
      return record === undefined ? undefined : recordValue(record);
    },
  };
}

function runNamed(platform: Platform, runId: string): RunEntry {
  const entry = platform.runs.get(runId);
  if (entry === undefined) throw new Error(`The emulator has no run "${runId}".`);
  return entry;
}

function actorNamed(platform: Platform, reference: string): Actor {
  const actor = findActor(platform, reference);
  if (actor === undefined) throw new Error(`The emulator has no Actor "${reference}".`);
  return actor;
}

function taskNamed(platform: Platform, reference: string): Task {
  const task = platform.tasks.find(
    ({ id, username, name }) => id === reference || `${username}~${name}` === reference,
  );
  if (task === undefined) throw new Error(`The emulator has no task "${reference}".`);
  return task;
}
