import { lostRuns } from "../../world";
import { openTaskStack } from "../taskStack";
import type { Args } from "../../../../../provider/resources/task/argumentTable";
import type { World } from "../../world";
import type { TaskProgram, TaskStack } from "../taskStack";
import type { Watch } from "../watch";

/** The stacks of the one account. Their programs are alike, so that only the owner tells their tasks apart. */
export const stackNames = ["dev", "prod"] as const;
export type StackName = (typeof stackNames)[number];

/** The resources of the program. A TaskRun runs the task of the first. */
export const resourceNames = ["scraper", "crawler"] as const;
export type ResourceName = (typeof resourceNames)[number];

/** What the program says of one resource at present. */
export interface Resource {
  args: Args;
  /** How often it was renamed. Each time the program has an alias for the earlier name. */
  renames: number;
}

/** What the steps know. The tasks themselves are asked of Apify, which is the oracle. */
export interface TaskModel {
  readonly world: World;
  readonly watch: Watch;
  readonly stacks: Readonly<Record<StackName, TaskStack>>;
  readonly resources: Readonly<Record<StackName, Readonly<Record<ResourceName, Resource>>>>;
  /** The faults that were put on requests and may still meet some. */
  readonly faults: { readonly left: () => number }[];
  /** Names that were never used. */
  readonly freshName: () => string;
}

/** A model of two stacks that were never deployed. */
export function newTaskModel(world: World, watch: Watch): TaskModel {
  const resource = (): Resource => ({
    args: { actorId: "janedoe~quick", input: { query: 0 } },
    renames: 0,
  });
  const program = () => ({ scraper: resource(), crawler: resource() });
  let names = 0;
  return {
    world,
    watch,
    stacks: { dev: openTaskStack(world, "dev"), prod: openTaskStack(world, "prod") },
    resources: { dev: program(), prod: program() },
    faults: [],
    freshName: () => `fresh-${++names}`,
  };
}

/** The name of a resource in the program. */
function nameInProgram(name: ResourceName, renames: number): string {
  return renames === 0 ? name : `${name}-${renames}`;
}

/** The program of a stack as it is at present. */
export function programOf({ resources }: TaskModel, stack: StackName): TaskProgram {
  const declared = resourceNames.map((name) => ({ name, ...resources[stack][name] }));
  const [first] = declared;
  return {
    tasks: Object.fromEntries(
      declared.map(({ name, args, renames }) => [nameInProgram(name, renames), args]),
    ),
    runs: first === undefined ? {} : { prices: nameInProgram(first.name, first.renames) },
    aliases: Object.fromEntries(
      declared.flatMap(({ name, renames }) =>
        Array.from({ length: renames }, (_each, earlier) => [
          nameInProgram(name, renames),
          nameInProgram(name, earlier),
        ]),
      ),
    ),
  };
}

/** Whether some fault may still meet a request. */
export function isFaulty({ faults }: TaskModel): boolean {
  return faults.some(({ left }) => left() > 0);
}

/**
 * Whether a kill has left a task or a run that nobody knows of. Until an `up` of the same program has looked for it, the
 * program stays as it is, and so does what it is known by: one that wants something else looks for something else.
 */
export function owesTakeOver({ world, watch, stacks }: TaskModel): boolean {
  return (
    lostRuns(world).length > 0 ||
    stackNames.some((name) => watch.unaccounted(stacks[name]).length > 0)
  );
}

/** The tasks that no stack has anything to do with, and that no program adopts. */
export function strangers(model: TaskModel): readonly string[] {
  const adopted = new Set(
    stackNames.flatMap((stack) =>
      resourceNames.map((name) => model.resources[stack][name].args.adoptTaskId),
    ),
  );
  return model.watch
    .tasks()
    .map(({ id }) => id)
    .filter((id) => !adopted.has(id) && !model.watch.isOwned(id));
}
