import { whenRun } from "./runs/runChanges";
import { charge } from "./runs/charge";
import { appendLog } from "./runs/log";
import { metamorph } from "./runs/metamorph";
import { migrate } from "./runs/migrate";
import { expireRun } from "./runs/removeRun";
import { addRun, finishRun, patchRun } from "./runs/runsByHand";
import { setAccountLimits } from "./state/accountLimits";
import { addBuild } from "./state/actorsAndTasks";
import { deleteActor } from "./state/deleteActor";
import { editTask } from "./state/editTask";
import { getActor, getRun, getTask, getUser } from "./state/lookup";
import { refuseStartsOf } from "./state/refuseStarts";
import { isTerminal } from "./state/run";
import { recordValue } from "./state/records";
import type { JsonObject } from "./json";
import type { FinishOptions, NewRun } from "./runs/runsByHand";
import type { EmulatorSettings } from "./settings";
import type { ChargeResult } from "./state/actorFunction";
import type { AccountLimits, TaskPatch } from "./state/declarationTypes";
import type { EmulatorState } from "./state/emulatorState";
import type { Refusal } from "./state/refusal";
import type { Run, RunPatch } from "./state/run";
import type { WebhookDispatch } from "./state/webhook";

/** A build that a test adds. */
export interface NewBuild {
  readonly number: string;
  readonly tags?: readonly string[];
}

/** What a test can do without the API. */
export interface EmulatorControls {
  /** Copies of all runs, oldest first. */
  readonly runs: () => Run[];
  /** A copy of one run. */
  readonly run: (runId: string) => Run | undefined;
  /** Copies of the runs that are not terminal. */
  readonly liveRuns: () => Run[];
  /** The ad-hoc webhooks of the request that started a run. */
  readonly webhooks: (runId: string) => unknown[];
  /** Ends a run, whatever its Actor is doing. A status that is not terminal is only set. */
  readonly finish: (runId: string, options?: FinishOptions) => void;
  /** Sets any fields of a run. A status that is set this way stays until something ends the run. */
  readonly setStatus: (runId: string, patch: RunPatch) => void;
  /** Appends to the log of a run, as its Actor would. */
  readonly log: (runId: string, text: string) => void;
  /** Deletes a run and its storages, as Apify does after the retention period. */
  readonly expireRun: (runId: string) => void;
  /** Starts a run as a schedule or a person in Apify Console would; returns a copy of it. */
  readonly addRun: (run: NewRun) => Run;
  /** Charges a run for events of its Actor, as far as they fit into its limit. */
  readonly charge: (runId: string, event: string, count?: number) => ChargeResult;
  /** Turns a run into a run of another Actor (id or `username~name`), as an Actor can. */
  readonly metamorph: (
    runId: string,
    actor: string,
    options?: { readonly build?: string; readonly input?: JsonObject },
  ) => void;
  /** Moves a running run to another server, as Apify does: its code is warned, and then restarted. */
  readonly migrate: (runId: string) => void;
  /** Deletes an Actor (id or `username~name`). Its tasks and runs stay. */
  readonly deleteActor: (actor: string) => void;
  /** Adds a build to an Actor (id or `username~name`), moves its tags to it, and returns its id. */
  readonly addBuild: (actor: string, build: NewBuild) => string;
  /** Edits a task (id or `username~name`), as in Apify Console. */
  readonly editTask: (task: string, patch: TaskPatch) => void;
  /** Changes settings from now on. */
  readonly changeSettings: (patch: Partial<EmulatorSettings>) => void;
  /** Refuses every start of an Actor (id or `username~name`) from now on; without a refusal, none. */
  readonly refuseActor: (actor: string, refusal?: Refusal) => void;
  /** Refuses every start by an account from now on; without a refusal, none. */
  readonly refuseUser: (username: string, refusal?: Refusal) => void;
  /** What became of the webhooks of a run, in the order of their events. */
  readonly webhookDispatches: (runId: string) => WebhookDispatch[];
  /** Sets the limits of an account. */
  readonly setLimits: (username: string, limits: Partial<AccountLimits>) => void;
  /** Replaces the token of an account. The old token is refused from now on. */
  readonly setToken: (username: string, token: string) => void;
  /** Resolves with a copy of the first run that matches, now or after any later change. */
  readonly whenRun: (predicate: (run: Run) => boolean) => Promise<Run>;
  /** Copies of the items of a dataset; empty if there is no such dataset. */
  readonly dataset: (datasetId: string) => JsonObject[];
  /** The value of a record; undefined if there is none. */
  readonly record: (storeId: string, key: string) => unknown;
}

/** Creates the controls of an emulator. */
export function createControls(state: EmulatorState): EmulatorControls {
  const snapshots = (): Run[] => [...state.runs.values()].map(({ run }) => structuredClone(run));
  return {
    runs: snapshots,
    run: (runId) => structuredClone(state.runs.get(runId)?.run),
    liveRuns: () => snapshots().filter(({ status }) => !isTerminal(status)),
    webhooks: (runId) => structuredClone([...getRun(state, runId).webhooks]),
    finish: (runId, options = {}) => {
      finishRun(state, getRun(state, runId), options);
    },
    setStatus: (runId, patch) => {
      patchRun(state, getRun(state, runId), patch);
    },
    log: (runId, text) => {
      appendLog(state, getRun(state, runId), text);
    },
    expireRun: (runId) => {
      expireRun(state, getRun(state, runId));
    },
    addRun: ({ task, ...options }) => addRun(state, getTask(state, task), options),
    charge: (runId, event, count = 1) => charge(state, getRun(state, runId), { event, count }),
    metamorph: (runId, actor, options = {}) => {
      const target = { ...options, actor: getActor(state, actor) };
      metamorph(state, getRun(state, runId), target);
    },
    migrate: (runId) => {
      migrate(state, getRun(state, runId));
    },
    deleteActor: (actor) => {
      deleteActor(state, getActor(state, actor));
    },
    addBuild: (actor, { number, tags = [] }) =>
      addBuild(state, getActor(state, actor), { number, tags: [...tags] }).id,
    editTask: (task, patch) => {
      editTask(state, getTask(state, task), patch);
    },
    changeSettings: (patch) => {
      Object.assign(state.settings, patch);
    },
    refuseActor: (actor, refusal) => {
      refuseStartsOf(getActor(state, actor), refusal);
    },
    refuseUser: (username, refusal) => {
      refuseStartsOf(getUser(state, username), refusal);
    },
    webhookDispatches: (runId) =>
      structuredClone(getRun(state, runId).deliveries.map(({ dispatch }) => dispatch)),
    setLimits: (username, limits) => {
      setAccountLimits(state, getUser(state, username), limits);
    },
    setToken: (username, token) => {
      getUser(state, username).token = token;
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
