import assert from "node:assert/strict";
import { shellOf, type Shell } from "../../support/shell";
import { deploy } from "./deploy";
import { stopAt } from "./stop";
import { openWorld, token, type Organization, type World } from "./world";
import type { Recorded, Registration } from "../../support/host";

/** How far the create of a task has come when its process is killed. */
export const taskPoints = [
  { when: "it reads a task", request: "readTask", work: "none" },
  { when: "its request gets nowhere", request: "createTask", work: "none" },
  { when: "its request is carried out later", request: "createTask", work: "late" },
  { when: "its request is not answered", request: "createTask", work: "done" },
] as const;

/** See {@link taskPoints}. */
export type TaskPoint = (typeof taskPoints)[number];

/** A create that does not get to its end. */
export interface TaskKill {
  readonly shell: Shell;
  /** The shell of the deployment that follows. @default the same */
  readonly next?: Shell;
  readonly organization?: Organization | undefined;
  /** Whether there is a task in the state that the wanted one is to replace. */
  readonly kind: "first task" | "replacement";
  readonly point: TaskPoint;
}

/** Kills the process of a create and deploys again: the task that is then recorded, and all that there are. */
export async function killTaskCreate({
  shell,
  next = shell,
  organization,
  kind,
  point: { request, work },
}: TaskKill): Promise<{ id: string; ids: readonly string[] }> {
  const world = await openWorld(shell, { organization });
  try {
    const old =
      kind === "replacement" ? await deployTask(world, wantedTask(world, "by-hand")) : undefined;
    const { reached, left } = stopAt(world.emulator, request, { work });
    const host = await world.configuredHost(await world.engine());
    const broken = assert.rejects(deploy(host, wantedTask(world, "obedient"), old));
    await reached;
    await host.end("SIGKILL");
    await Promise.all([broken, left]);

    const nextWorld = world.servedBy(next);
    const { id } = await deployTask(nextWorld, wantedTask(nextWorld, "obedient"), old);
    return { id, ids: await taskIds(world) };
  } finally {
    await world.close();
  }
}

/** The task of these tests, for an Actor of janedoe. */
export function wantedTask(world: World, actor: string): Registration {
  return world.task("scraper", { actorId: `janedoe~${actor}`, input: { page: 1 } });
}

/** Deploys the task, and deletes the one that it replaces. */
async function deployTask(
  world: World,
  registration: Registration,
  old?: Recorded,
): Promise<Recorded> {
  const engine = await world.engine();
  const host = await world.configuredHost(engine);
  const recorded = await deploy(host, registration, old);
  const { changes } = await host.diff(recorded, { ...registration, inputs: recorded.inputs });
  assert.equal(changes, "none");
  if (old !== undefined) {
    const shell = shellOf(old.urn);
    const deleting =
      shell === world.shell ? host : await world.servedBy(shell).configuredHost(engine);
    await deleting.delete(old);
  }
  await host.end("SIGINT");
  return recorded;
}

/** The ids of the account's tasks, but for those that every world has. */
export async function taskIds({ emulator }: World): Promise<readonly string[]> {
  const response = await fetch(`${emulator.url}/v2/actor-tasks`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const { data } = (await response.json()) as { data: { items: { id: string; name: string }[] } };
  return data.items.flatMap(({ id, name }) => (["scrape", "by-hand"].includes(name) ? [] : [id]));
}
