import assert from "node:assert/strict";
import { openConsole } from "./console";
import type { Task } from "../../../../provider/apify/schemas/task";
import type { World } from "../world";
import type { Console } from "./console";
import type { TaskStack } from "./taskStack";

/** Counts of what must never happen. */
export interface TaskCounts {
  /** Tasks beyond the one that a resource needed. */
  doubleCreates: number;
  /** Tasks that no state has or had, and that nobody was told of. */
  lostTasks: number;
  /** Tasks of others that were changed or deleted. */
  overwrittenTasks: number;
}

/**
 * Whose each task is, as told by who was at work when it came up: nothing that the provider derives is believed.
 * Stacks work one after the other.
 */
export interface Watch {
  readonly console: Console;
  /** The tasks at the last look. */
  readonly tasks: () => readonly Task[];
  /** Looks after somebody did something in the console. */
  afterConsole(): Promise<void>;
  /** Looks after a command of this stack, of which the program adopts these tasks. */
  afterCommand(stack: TaskStack, adopted: readonly (string | undefined)[]): Promise<void>;
  /** Whether a stack has created this task, or has tried to adopt it. */
  isOwned(taskId: string): boolean;
  /** The tasks that this stack has created, and that neither a state has or had nor a text named. */
  unaccounted(stack: TaskStack): readonly Task[];
  /**
   * Expects that each task that a stack has created or adopted is in its state, but for those that were to be kept and
   * those that the user was asked to adopt and did not.
   */
  expectNoLeftovers(stacks: readonly TaskStack[]): void;
}

/** Begins to watch the tasks of a world. */
export function watchTasks(world: World, counts: TaskCounts): Watch {
  const console = openConsole(world);
  const creators = new Map<string, TaskStack>();
  /** Who may change it: an adoption that fails may have got far enough. */
  const owners = new Map<string, Set<TaskStack>>();
  let known = new Map<string, Task>();

  const look = async (): Promise<ReadonlyMap<string, Task>> => {
    const before = known;
    known = new Map((await console.tasks()).map((task) => [task.id, task]));
    return before;
  };
  const ownersOf = (taskId: string): Set<TaskStack> => {
    const found = owners.get(taskId) ?? new Set();
    owners.set(taskId, found);
    return found;
  };

  const isUnaccounted = ({ recorded }: TaskStack, taskId: string): boolean =>
    !recorded.has(taskId) && !world.shown.some((text) => text.includes(taskId));
  const isOfStack = (stacks: readonly TaskStack[], taskId: string): boolean =>
    creators.has(taskId) || stacks.some(({ recorded }) => recorded.has(taskId));
  const wasOffered = (taskId: string): boolean =>
    world.shown.some((text) => text.includes(`adoptTaskId: "${taskId}"`));

  return {
    console,
    tasks: () => [...known.values()],
    afterConsole: async () => {
      await look();
    },
    afterCommand: async (stack, adopted) => {
      for (const id of adopted) if (id !== undefined) ownersOf(id).add(stack);
      const before = await look();
      for (const id of known.keys()) {
        if (before.has(id)) continue;
        creators.set(id, stack);
        ownersOf(id).add(stack);
      }
      const others = [...before.values()].filter(({ id }) => !ownersOf(id).has(stack));
      const changed = others.filter((task) => asText(known.get(task.id)) !== asText(task));
      counts.overwrittenTasks += changed.length;
      assert.deepEqual(
        changed.map(({ id }) => known.get(id) ?? `${id} was deleted`),
        changed,
        "tasks of others",
      );
    },
    isOwned: (taskId) => ownersOf(taskId).size > 0,
    unaccounted: (stack) =>
      [...known.values()].filter(
        ({ id }) => creators.get(id) === stack && isUnaccounted(stack, id),
      ),
    expectNoLeftovers: (stacks) => {
      const inState = new Set(
        stacks.flatMap(({ state }) =>
          [...state.values()].flatMap(({ current }) => current?.outputs.facts.id ?? []),
        ),
      );
      const left = [...known.values()].filter(
        ({ id }) =>
          isOfStack(stacks, id) && !inState.has(id) && !isKept(stacks, id) && !wasOffered(id),
      );
      const lost = left.filter(({ id }) => stacks.every((stack) => isUnaccounted(stack, id)));
      counts.lostTasks += lost.length;
      counts.doubleCreates += left.length - lost.length;
      assert.deepEqual([lost, left], [[], []], "lost tasks, and tasks that no state has any more");
    },
  };
}

function isKept(stacks: readonly TaskStack[], taskId: string): boolean {
  return stacks.some(({ kept }) => kept.has(taskId));
}

/** What a person sees of a task. Running it changes its statistics. */
function asText(task: Task | undefined): string {
  return JSON.stringify({ ...task, stats: undefined });
}
