import type { EmulatorState } from "./emulatorState";
import type { Actor, RunEntry, Task, User } from "./entities";

/** What an id in a path may name: an id, `username~name`, or `~name` on the caller's own account. */
interface NamedEntity {
  readonly id: string;
  readonly username: string;
  readonly name: string;
}

function matchesReference(named: NamedEntity, reference: string, own: string | undefined): boolean {
  if (named.id === reference || `${named.username}~${named.name}` === reference) return true;
  return own === named.username && `~${named.name}` === reference;
}

/** The task that a caller means; tasks of others are not seen. */
export function findTask(state: EmulatorState, reference: string, user: User): Task | undefined {
  return state.tasks.find(
    (task) => task.userId === user.id && matchesReference(task, reference, user.username),
  );
}

/** The Actor that a caller means. */
export function findActor(state: EmulatorState, reference: string, user?: User): Actor | undefined {
  return state.actors.find((actor) => matchesReference(actor, reference, user?.username));
}

/** The runs of an account, in the order of their start. */
export function runsOf(state: EmulatorState, user: User): RunEntry[] {
  return [...state.runs.values()].filter(({ owner }) => owner.id === user.id);
}

/** The runs of an account that lists show by now, in the order of their start. */
export function listedRunsOf(state: EmulatorState, user: User): RunEntry[] {
  const visibleSince = state.clock.now() - state.settings.listLagMillis;
  return runsOf(state, user).filter(({ createdAt }) => createdAt <= visibleSince);
}
