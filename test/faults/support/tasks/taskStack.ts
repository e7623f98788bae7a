import { check } from "../../../../provider/resources/task/check";
import { create } from "../../../../provider/resources/task/create";
import { decideAndExplain } from "../../../../provider/resources/task/decideAndExplain";
import { deleteTask } from "../../../../provider/resources/task/delete";
import { read } from "../../../../provider/resources/task/read";
import {
  checkedArgs,
  parseState,
  serializeState,
} from "../../../../provider/resources/task/storedState";
import { update } from "../../../../provider/resources/task/update";
import { openStack } from "../stack";
import type { Args } from "../../../../provider/resources/task/argumentTable";
import type { TaskState } from "../../../../provider/resources/task/state";
import type { Args as RunArgs } from "../../../../provider/resources/taskRun/argumentTable";
import type { DeploymentProcess } from "../process";
import type { Command, Stack } from "../stack";
import type { World } from "../world";

/** What the state has of a Task. */
export interface TaskEntry {
  readonly current:
    { readonly inputs: Readonly<Record<string, unknown>>; readonly outputs: TaskState } | undefined;
  /** Tasks that were replaced and not deleted yet, the oldest first. */
  readonly toDelete: readonly TaskState[];
}

/** A program that declares Tasks, and TaskRuns of them. */
export interface TaskProgram {
  readonly tasks: Readonly<Record<string, Args>>;
  /** TaskRuns by name: each runs a declared Task, with its fingerprint as a trigger. */
  readonly runs?: Readonly<Record<string, string>> | undefined;
  /** Earlier names of Tasks, as the option `aliases` gives them. */
  readonly aliases?: Readonly<Record<string, string>> | undefined;
}

/** A stack of Tasks and TaskRuns as Pulumi's engine treats it; see `Stack`. */
export interface TaskStack {
  readonly state: ReadonlyMap<string, TaskEntry>;
  /** The TaskRuns. */
  readonly runs: Stack;
  /** The ids of the tasks that the state has, or had. */
  readonly recorded: ReadonlySet<string>;
  /** The ids of the tasks that the state had with `onDelete: "keep"`, so that they may be left. */
  readonly kept: ReadonlySet<string>;
  up(program: TaskProgram): Command;
  refresh(): Command;
  destroy(): Command;
  /** Puts an older state in the place of the recorded one, as after a file that was not written. */
  restore(older: ReadonlyMap<string, TaskEntry>): void;
}

/** The state as it comes back from Pulumi. */
function stored(state: TaskState): TaskState {
  const properties = JSON.parse(JSON.stringify(serializeState(state))) as Record<string, unknown>;
  return parseState(state.facts.id, properties, () => false).state;
}

/** Opens a stack without resources. */
export function openTaskStack(world: World, stackName = "dev"): TaskStack {
  const state = new Map<string, TaskEntry>();
  const recorded = new Set<string>();
  const kept = new Set<string>();
  // The TaskRuns of a deployment are in the process of its Tasks.
  let newest: DeploymentProcess | undefined;
  const place = { ...world, process: () => newest ?? world.process() };
  const runs = openStack(place, stackName);

  const ownerOf = (name: string): string =>
    `organization/urn:pulumi:${stackName}::shop::Task::${name}`;
  const record = (name: string, entry: TaskEntry): void => {
    if (entry.current === undefined && entry.toDelete.length === 0) state.delete(name);
    else state.set(name, entry);
    if (entry.current === undefined) return;
    const { args, facts } = entry.current.outputs;
    recorded.add(facts.id);
    if (args.onDelete === "keep") kept.add(facts.id);
  };

  const command = (
    work: (process: DeploymentProcess, attempt: Attempt, errors: Errors) => Promise<void>,
  ): Command => {
    const process = world.process();
    newest = process;
    const errors: Errors = {};
    const attempt: Attempt = async (name, operation) => {
      try {
        await process.survives(operation());
        return true;
      } catch (error) {
        errors[name] = error as Error;
        world.shown.push((error as Error).message);
        return false;
      }
    };
    return { process, done: process.survives(work(process, attempt, errors)).then(() => errors) };
  };

  const upTask = async (process: DeploymentProcess, name: string, args: Args): Promise<void> => {
    const context = process.taskContext(ownerOf(name), name);
    const checkedWith = async (before: Readonly<Record<string, unknown>>) => {
      const { args: inputs, problems } = await process.survives(
        check(context, { ...before }, { ...args }),
      );
      if (problems.length > 0) throw new Error(JSON.stringify(problems));
      return JSON.parse(JSON.stringify(inputs)) as Record<string, unknown>;
    };
    const keep = async (
      inputs: Readonly<Record<string, unknown>>,
      operation: () => Promise<TaskState>,
      toDelete: readonly TaskState[],
    ): Promise<void> => {
      const outputs = stored(await process.survives(operation()));
      record(name, { current: { inputs, outputs }, toDelete });
    };

    const { current, toDelete } = state.get(name) ?? { current: undefined, toDelete: [] };
    const inputs = await checkedWith(current?.inputs ?? {});
    if (current === undefined) {
      await keep(inputs, () => create(context, checkedArgs(inputs)), toDelete);
      return;
    }
    const before = current.outputs;
    const { action } = await process.survives(
      decideAndExplain(context, before, checkedArgs(inputs), "intact"),
    );
    if (action === "replace") {
      // As the engine does, so that a replacement can have a name of its own.
      const anew = await checkedWith({});
      await keep(anew, () => create(context, checkedArgs(anew)), [...toDelete, before]);
    } else if (action === "update") {
      await keep(inputs, () => update(context, before, checkedArgs(inputs)), toDelete);
    } else {
      record(name, { current: { inputs, outputs: before }, toDelete });
    }
  };

  const deleteReplaced = async (process: DeploymentProcess, name: string): Promise<void> => {
    for (let entry = state.get(name); entry?.toDelete[0]; entry = state.get(name)) {
      await process.survives(
        deleteTask(process.taskContext(ownerOf(name), name), entry.toDelete[0]),
      );
      record(name, { ...entry, toDelete: entry.toDelete.slice(1) });
    }
  };

  const deleteResource = async (process: DeploymentProcess, name: string): Promise<void> => {
    await deleteReplaced(process, name);
    const current = state.get(name)?.current;
    if (current === undefined) return;
    await process.survives(deleteTask(process.taskContext(ownerOf(name), name), current.outputs));
    state.delete(name);
  };

  const each = (
    names: Iterable<string>,
    work: (name: string) => Promise<unknown>,
  ): Promise<unknown> => Promise.all([...names].map(work));

  return {
    state,
    runs,
    recorded,
    kept,
    restore: (older) => {
      state.clear();
      for (const [name, entry] of older) state.set(name, entry);
    },
    up: ({ tasks, runs: declaredRuns = {}, aliases = {} }) =>
      command(async (process, attempt, errors) => {
        for (const [name, earlier] of Object.entries(aliases)) {
          const entry = state.get(earlier);
          if (entry === undefined || state.has(name)) continue;
          state.delete(earlier);
          state.set(name, entry);
        }
        const done = await Promise.all(
          Object.entries(tasks).map(([name, args]) =>
            attempt(name, () => upTask(process, name, args)),
          ),
        );
        // The engine stops at an error, and deletes last.
        if (done.includes(false)) return;
        const runArgs = Object.entries(declaredRuns).map(([name, task]): [string, RunArgs] => {
          const facts = state.get(task)?.current?.outputs.facts;
          return [name, { actorTaskId: facts?.id ?? "none", triggers: [facts?.fingerprint] }];
        });
        Object.assign(errors, await runs.up(Object.fromEntries(runArgs)).done);
        if (Object.keys(errors).length > 0) return;
        await each(state.keys(), (name) =>
          attempt(name, () =>
            name in tasks ? deleteReplaced(process, name) : deleteResource(process, name),
          ),
        );
      }),
    refresh: () =>
      command(async (process, attempt, errors) => {
        const runsRead = runs.refresh().done;
        await each(state.keys(), (name) =>
          attempt(name, async () => {
            const entry = state.get(name);
            if (entry?.current === undefined) return;
            const context = process.taskContext(ownerOf(name), name);
            const now = await process.survives(read(context, entry.current.outputs));
            const current = now === "gone" ? undefined : { ...entry.current, outputs: stored(now) };
            record(name, { ...entry, current });
          }),
        );
        Object.assign(errors, await runsRead);
      }),
    destroy: () =>
      command(async (process, attempt, errors) => {
        Object.assign(errors, await runs.destroy().done);
        if (Object.keys(errors).length > 0) return;
        await each(state.keys(), (name) => attempt(name, () => deleteResource(process, name)));
      }),
  };
}

type Errors = Record<string, Error>;

/** Does something for a resource, notes how it failed, and answers whether it went well. */
type Attempt = (name: string, operation: () => Promise<void>) => Promise<boolean>;
