import type { EmulatorState } from "./emulatorState";
import type { Actor, RunEntry, Task, User } from "./entities";

/** A task or an Actor. A reference to it is its id, `username~name`, or `~name` for the own account. */
interface NamedEntity {
  readonly id: string;
  readonly username: string;
  readonly name: string;
}

function matchesReference(named: NamedEntity, reference: string, username?: string): boolean {
  if (named.id === reference || `${named.username}~${named.name}` === reference) return true;
  return username === named.username && `~${named.name}` === reference;
}

/** Finds one of the caller's own tasks. */
export function findTask(state: EmulatorState, reference: string, user: User): Task | undefined {
  return state.tasks.find(
    (task) => task.userId === user.id && matchesReference(task, reference, user.username),
  );
}

/** Finds an Actor; without a user, `~name` matches none. */
export function findActor(state: EmulatorState, reference: string, user?: User): Actor | undefined {
  return state.actors.find((actor) => matchesReference(actor, reference, user?.username));
}

/** The runs of an account, in the order of their start. */
export function runsOf(state: EmulatorState, user: User): RunEntry[] {
  return [...state.runs.values()].filter(({ owner }) => owner.id === user.id);
}

/** The runs of an account that lists already show, in the order of their start. */
export function listedRunsOf(state: EmulatorState, user: User): RunEntry[] {
  const visibleSince = state.clock.now() - state.settings.listLagMillis;
  return runsOf(state, user).filter(({ createdAt }) => createdAt <= visibleSince);
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
  return existing(
    state.tasks.find((task) => matchesReference(task, reference)),
    `task "${reference}"`,
  );
}

function existing<Entity>(entity: Entity | undefined, name: string): Entity {
  if (entity === undefined) throw new Error(`The emulator has no ${name}.`);
  return entity;
}
