import { check } from "../../../provider/resources/taskRun/check";
import { create } from "../../../provider/resources/taskRun/create";
import { deleteTaskRun } from "../../../provider/resources/taskRun/delete";
import { decideAndExplain } from "../../../provider/resources/taskRun/decideAndExplain";
import { PartialFailure } from "../../../provider/resources/partialFailure";
import { read } from "../../../provider/resources/taskRun/read";
import { update } from "../../../provider/resources/taskRun/update";
import type { Args } from "../../../provider/resources/taskRun/argumentTable";
import type { CheckedArgs, TaskRunState } from "../../../provider/resources/taskRun/state";
import type { DeploymentProcess } from "./process";

/** What the state has of a resource. */
export interface Entry {
  readonly inputs: CheckedArgs;
  readonly outputs: TaskRunState;
  /** Whether the last operation on it failed although it exists. */
  readonly initFailed: boolean;
  /** Runs that were replaced and not deleted yet, the oldest first. */
  readonly toDelete: readonly TaskRunState[];
}

/** The TaskRuns that a program declares, by name. */
export type Program = Readonly<Record<string, Args>>;

/** Where a stack is worked on, and what is noted of it there. */
export interface StackPlace {
  /** A new process of Pulumi's host. */
  process(): DeploymentProcess;
  /** Everything that users were shown: lines, statuses and errors. */
  readonly shown: string[];
  /** The ids of the runs that some state has, or had. */
  readonly recorded: Set<string>;
}

/** A command that is under way. */
export interface Command {
  readonly process: DeploymentProcess;
  /** The errors, by resource; never settles when the process is killed. */
  readonly done: Promise<Readonly<Record<string, Error>>>;
}

/**
 * A stack as Pulumi's engine treats it: which operations it calls, in which order, and what it
 * records of their results. All resources are worked on at once.
 */
export interface Stack {
  readonly state: ReadonlyMap<string, Entry>;
  /**
   * What the program exported of each resource, for other stacks to read: as it was when the last
   * `up` that succeeded came to its end. A refresh does not run the program.
   */
  readonly stackOutputs: ReadonlyMap<string, TaskRunState>;
  up(program: Program): Command;
  refresh(): Command;
  destroy(): Command;
  /** Puts an older state in the place of the recorded one, as after a file that was not written. */
  restore(older: ReadonlyMap<string, Entry>): void;
}

/** Opens a stack without resources. */
export function openStack(place: StackPlace, stackName: string): Stack {
  const state = new Map<string, Entry>();
  const stackOutputs = new Map<string, TaskRunState>();

  const record = (name: string, entry: Entry): void => {
    state.set(name, entry);
    place.recorded.add(entry.outputs.run.id);
  };
  const ownerOf = (name: string): string =>
    `organization/urn:pulumi:${stackName}::shop::TaskRun::${name}`;

  /** Runs an operation on each resource; what fails is shown, as the CLI does. */
  const command = (
    work: (process: DeploymentProcess, attempt: Attempt) => Promise<void>,
  ): Command => {
    const process = place.process();
    const errors: Record<string, Error> = {};
    const attempt: Attempt = async (name, operation) => {
      try {
        await process.survives(operation());
        return true;
      } catch (error) {
        errors[name] = error as Error;
        place.shown.push((error as Error).message);
        return false;
      }
    };
    return { process, done: process.survives(work(process, attempt)).then(() => errors) };
  };

  const upResource = async (
    process: DeploymentProcess,
    name: string,
    args: Args,
  ): Promise<void> => {
    const context = process.context(ownerOf(name));
    const before = state.get(name);
    const checked = await process.survives(check(context, { ...before?.inputs }, { ...args }));
    if (checked.problems.length > 0) throw new Error(JSON.stringify(checked.problems));
    const inputs = checked.args as Partial<CheckedArgs> as CheckedArgs;
    if (before === undefined) {
      await keepPartial(() => create(context, inputs), {
        success: (outputs) => ({ inputs, outputs, initFailed: false, toDelete: [] }),
        partial: (outputs) => ({ inputs, outputs, initFailed: true, toDelete: [] }),
      });
      return;
    }
    const decision = decideAndExplain(context, before.outputs, [], { ...inputs });
    if (decision.action === "rerun") {
      const toDelete = [...before.toDelete, before.outputs];
      await keepPartial(() => create(context, inputs), {
        success: (outputs) => ({ inputs, outputs, initFailed: false, toDelete }),
        partial: (outputs) => ({ inputs, outputs, initFailed: true, toDelete }),
      });
    } else if (decision.action === "update" || before.initFailed) {
      await keepPartial(() => update(context, before.outputs, inputs), {
        success: (outputs) => ({ ...before, inputs, outputs, initFailed: false }),
        partial: (outputs) => ({ ...before, outputs, initFailed: true }),
      });
    } else {
      record(name, { ...before, inputs });
    }

    async function keepPartial(
      operation: () => Promise<TaskRunState>,
      entry: Record<"success" | "partial", (outputs: TaskRunState) => Entry>,
    ): Promise<void> {
      try {
        const outputs = await process.survives(operation());
        record(name, entry.success(outputs));
      } catch (error) {
        if (error instanceof PartialFailure) {
          record(name, entry.partial(error.state as TaskRunState));
        }
        throw error;
      }
    }
  };

  const deleteReplaced = async (process: DeploymentProcess, name: string): Promise<void> => {
    for (let entry = state.get(name); entry?.toDelete[0]; entry = state.get(name)) {
      await process.survives(deleteTaskRun(process.context(ownerOf(name)), entry.toDelete[0]));
      record(name, { ...entry, toDelete: entry.toDelete.slice(1) });
    }
  };

  const deleteResource = async (process: DeploymentProcess, name: string): Promise<void> => {
    await deleteReplaced(process, name);
    const entry = state.get(name);
    if (entry === undefined) return;
    await process.survives(deleteTaskRun(process.context(ownerOf(name)), entry.outputs));
    state.delete(name);
  };

  const each = (
    names: Iterable<string>,
    work: (name: string) => Promise<unknown>,
  ): Promise<unknown> => Promise.all([...names].map(work));

  return {
    state,
    stackOutputs,
    restore: (older) => {
      state.clear();
      for (const [name, entry] of older) state.set(name, entry);
    },
    up: (program) =>
      command(async (process, attempt) => {
        const done = await Promise.all(
          Object.entries(program).map(([name, args]) =>
            attempt(name, () => upResource(process, name, args)),
          ),
        );
        // The engine deletes last, and not at all when something failed.
        if (done.includes(false)) return;
        for (const [name, { outputs }] of state) {
          if (name in program) stackOutputs.set(name, outputs);
        }
        await each(state.keys(), (name) =>
          attempt(name, () =>
            name in program ? deleteReplaced(process, name) : deleteResource(process, name),
          ),
        );
      }),
    refresh: () =>
      command(async (process, attempt) => {
        await each(state.keys(), (name) =>
          attempt(name, async () => {
            const entry = state.get(name);
            if (entry === undefined) return;
            const context = process.context(ownerOf(name));
            const outputs = await process.survives(
              read(context, entry.outputs.run.id, entry.outputs),
            );
            record(name, { ...entry, outputs });
          }),
        );
      }),
    destroy: () =>
      command(async (process, attempt) => {
        await each(state.keys(), (name) => attempt(name, () => deleteResource(process, name)));
      }),
  };
}

/** Does something for a resource, notes how it failed, and answers whether it went well. */
type Attempt = (name: string, operation: () => Promise<void>) => Promise<boolean>;
