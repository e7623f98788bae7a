import { runList } from "./runIndex";
import type { EmulatorState } from "./emulatorState";
import type { Actor, Build, RunEntry, Task, User } from "./entities";
import type { RunListName } from "./runIndex";

/** A task or an Actor. A reference to it is its id, `username~name`, or `~name` for the own account. */
interface NamedEntity {
  readonly id: string;
  readonly username: string;
  readonly name: string;
}

function referenceTo(reference: string, ownUsername?: string): (named: NamedEntity) => boolean {
  const [, username = "", name] = /^([^~]*)~(.*)$/.exec(reference) ?? [];
  if (name === undefined) return ({ id }) => id === reference;
  const owner = username === "" ? ownUsername : username;
  return (named) => named.name === name && named.username === owner;
}

/** Finds one of the caller's own tasks. */
export function findTask(state: EmulatorState, reference: string, user: User): Task | undefined {
  const isMeant = referenceTo(reference, user.username);
  return state.tasks.find((task) => task.userId === user.id && isMeant(task));
}

/** Finds an Actor; without a user, `~name` matches none. */
export function findActor(state: EmulatorState, reference: string, user?: User): Actor | undefined {
  return state.actors.find(referenceTo(reference, user?.username));
}

/** Finds a build and its Actor by the build's id. */
export function findBuild(
  state: EmulatorState,
  buildId: string,
): { actor: Actor; build: Build } | undefined {
  for (const actor of state.actors) {
    const build = actor.builds.find(({ id }) => id === buildId);
    if (build !== undefined) return { actor, build };
  }
  return undefined;
}

/** The runs of a list that lists already show, in the order of their start. */
export function listedRuns(state: EmulatorState, name: RunListName): readonly RunEntry[] {
  const runs = runList(state.runIndex, name);
  const visibleSince = state.clock.now() - state.settings.listLagMillis;
  let count = runs.length;
  while (count > 0 && (runs[count - 1]?.createdAt ?? 0) > visibleSince) count -= 1;
  return count === runs.length ? runs : runs.slice(0, count);
}

/** Finds an account by its id or its username. */
export function findUser(state: EmulatorState, reference: string): User | undefined {
  return state.users.find(({ id, username }) => id === reference || username === reference);
}

/** The account with this username; throws if there is none. */
export function getUser(state: EmulatorState, username: string): User {
  return existing(
    state.users.find((user) => user.username === username),
    `user "${username}"`,
  );
}

/** The run with this id; throws if there is none. */
export function getRun(state: EmulatorState, runId: string): RunEntry {
  return existing(state.runs.get(runId), `run "${runId}"`);
}

/** The Actor with this id or `username~name`; throws if there is none. */
export function getActor(state: EmulatorState, reference: string): Actor {
  return existing(findActor(state, reference), `Actor "${reference}"`);
}

/** The task with this id or `username~name`, of any account; throws if there is none. */
export function getTask(state: EmulatorState, reference: string): Task {
  return existing(state.tasks.find(referenceTo(reference)), `task "${reference}"`);
}

function existing<Entity>(entity: Entity | undefined, name: string): Entity {
  if (entity === undefined) throw new Error(`The emulator has no ${name}.`);
  return entity;
}
