import { closeWorld, counts, openFaultyWorld } from "../describeFaults";
import { isOfProvider } from "./console";
import { openTaskStack } from "./taskStack";
import { watchTasks } from "./watch";
import type { Fault, InjectedFault } from "../../../../emulator";
import type { World, WorldOptions } from "../world";
import type { Scene } from "./taskAcceptance";

/** Opens a scene with a task of somebody else, which nothing may touch. */
async function openScene(options: WorldOptions = {}): Promise<Scene> {
  const world = await openFaultyWorld(options);
  const watch = watchTasks(world, counts);
  await watch.console.create("not-of-the-stack");
  await watch.afterConsole();
  return { world, stack: openTaskStack(world), watch };
}

/** Plays something in a scene of its own, and gives what came of it. */
export async function inScene<T>(
  options: WorldOptions,
  play: (scene: Scene) => Promise<T>,
): Promise<T> {
  const scene = await openScene(options);
  const result = await play(scene);
  await closeWorld(scene.world);
  return result;
}

/**
 * Puts a fault on the n-th request of the provider from now on, counted from 0, and on those that follow. An answer that
 * says that a task is deleted is never a lie: whoever sends it in Apify's place is believed.
 */
export function faultAt(
  { emulator }: World,
  request: number,
  fault: Fault,
  times = 1,
): InjectedFault {
  return emulator.faults.inject({
    endpoint: "any",
    fault,
    times,
    skip: request,
    when: (each) => isOfProvider(each) && !(each.method === "DELETE" && saysDeleted(fault)),
  });
}

/** Whether the answer says that a task is deleted, to a request that asks for it. */
export function saysDeleted(fault: Fault): boolean {
  return fault.kind === "answer" && (fault.status < 300 || fault.status === 404);
}
