import { textAt } from "./json";
import type { Data } from "./json";

/** The paths of the default storages of a run, such as `/v2/datasets/x`. */
export function storagePaths(run: Data): readonly string[] {
  const storages = [
    ["datasets", textAt(run, "defaultDatasetId")],
    ["key-value-stores", textAt(run, "defaultKeyValueStoreId")],
    ["request-queues", textAt(run, "defaultRequestQueueId")],
  ] as const;
  return storages.flatMap(([kind, id]) => (id === "" ? [] : [`/v2/${kind}/${id}`]));
}

/** What the checks have created, to be removed at the end. */
export interface Belongings {
  /** Every task that they create has a name that begins with this. */
  readonly prefix: string;
  /** Ids of tasks. */
  readonly tasks: ReadonlySet<string>;
  /** Ids of runs, each with the paths of its storages as far as they are known. */
  readonly runs: ReadonlyMap<string, ReadonlySet<string>>;
  readonly addTask: (taskId: string) => void;
  readonly addRun: (run: Data) => void;
  /** Notes that there may be a task or a run which is not recorded. */
  readonly noteLoss: () => void;
  readonly mayBeIncomplete: () => boolean;
}

/** Belongings without anything in them. */
export function createBelongings(prefix: string): Belongings {
  const tasks = new Set<string>();
  const runs = new Map<string, Set<string>>();
  let losses = 0;
  return {
    prefix,
    tasks,
    runs,
    addTask: (taskId) => {
      if (taskId !== "") tasks.add(taskId);
    },
    addRun: (run) => {
      const id = textAt(run, "id");
      if (id === "") return;
      const known = runs.get(id) ?? new Set<string>();
      for (const path of storagePaths(run)) known.add(path);
      runs.set(id, known);
    },
    noteLoss: () => {
      losses++;
    },
    mayBeIncomplete: () => losses > 0,
  };
}
