import { whenRun } from "./runs/changeListeners";
import { charge } from "./runs/charge";
import { appendLog } from "./runs/log";
import { metamorph } from "./runs/metamorph";
import { expireRun } from "./runs/removeRun";
import { addRun, finishRun, patchRun } from "./runs/testControl";
import { addBuild, userNamed } from "./state/declaredEntities";
import { editTask } from "./state/editTask";
import { findActor } from "./state/lookup";
import { isTerminal } from "./state/run";
import { recordValue } from "./state/storages";
import type { FinishOptions, NewRun } from "./runs/testControl";
import type { EmulatorSettings } from "./settings";
import type { ChargeResult } from "./state/actorFunction";
import type { AccountLimits, TaskPatch } from "./state/declaration";
import type { EmulatorState } from "./state/emulatorState";
import type { Actor, RunEntry, Task } from "./state/entities";
import type { JsonObject, Run, RunPatch } from "./state/run";

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
  readonly changeSettings: (patch: Partial<EmulatorSettings>) => void;
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
export function controls(state: EmulatorState): EmulatorControls {
  const snapshots = (): Run[] => [...state.runs.values()].map(({ run }) => structuredClone(run));
  return {
    runs: snapshots,
    run: (runId) => structuredClone(state.runs.get(runId)?.run),
    liveRuns: () => snapshots().filter(({ status }) => !isTerminal(status)),
    webhooks: (runId) => structuredClone([...runNamed(state, runId).webhooks]),
    finish: (runId, options = {}) => {
      finishRun(state, runNamed(state, runId), options);
    },
    setStatus: (runId, patch) => {
      patchRun(state, runNamed(state, runId), patch);
    },
    log: (runId, text) => {
      appendLog(state, runNamed(state, runId), text);
    },
    expireRun: (runId) => {
      expireRun(state, runNamed(state, runId));
    },
    addRun: ({ task, ...asked }) => addRun(state, taskNamed(state, task), asked),
    charge: (runId, event, count = 1) => charge(state, runNamed(state, runId), { event, count }),
    metamorph: (runId, actor, options = {}) => {
      const target = { ...options, actor: actorNamed(state, actor) };
      metamorph(state, runNamed(state, runId), target);
    },
    deleteActor: (actor) => {
      state.actors.splice(state.actors.indexOf(actorNamed(state, actor)), 1);
    },
    addBuild: (actor, { number, tags = [] }) =>
      addBuild(state, actorNamed(state, actor), { number, tags: [...tags] }).id,
    editTask: (task, patch) => {
      editTask(state, taskNamed(state, task), patch);
    },
    changeSettings: (patch) => {
      Object.assign(state.settings, patch);
    },
    setLimits: (username, limits) => {
      const user = userNamed(state, username);
      user.limits = { ...user.limits, ...limits };
    },
    setToken: (username, token) => {
      userNamed(state, username).token = token;
    },
    whenRun: (predicate) => whenRun(state, predicate),
    dataset: (datasetId) =>
      (state.datasets.get(datasetId)?.items ?? []).map(({ value }) => structuredClone(value)),
    record: (storeId, key) => {
      const record = state.keyValueStores.get(storeId)?.records.get(key);
      return record === undefined ? undefined : recordValue(record);
    },
  };
}

function runNamed(state: EmulatorState, runId: string): RunEntry {
  const entry = state.runs.get(runId);
  if (entry === undefined) throw new Error(`The emulator has no run "${runId}".`);
  return entry;
}

function actorNamed(state: EmulatorState, reference: string): Actor {
  const actor = findActor(state, reference);
  if (actor === undefined) throw new Error(`The emulator has no Actor "${reference}".`);
  return actor;
}

function taskNamed(state: EmulatorState, reference: string): Task {
  const task = state.tasks.find(
    ({ id, username, name }) => id === reference || `${username}~${name}` === reference,
  );
  if (task === undefined) throw new Error(`The emulator has no task "${reference}".`);
  return task;
}
