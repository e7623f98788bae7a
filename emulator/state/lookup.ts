import type { Platform } from "../platform";
import type { Actor, RunEntry, Task, User } from "./entities";

/** What an id in a path may name: an id, `username~name`, or `~name` on the caller's own account. */
interface Named {
  readonly id: string;
  readonly username: string;
  readonly name: string;
}

function isCalled(named: Named, reference: string, own: string | undefined): boolean {
  if (named.id === reference || `${named.username}~${named.name}` === reference) return true;
  return own === named.username && `~${named.name}` === reference;
}

/** The task that a caller means; tasks of others are not seen. */
export function findTask(platform: Platform, reference: string, user: User): Task | undefined {
  return platform.tasks.find(
    (task) => task.userId === user.id && isCalled(task, reference, user.username),
  );
}

/** The Actor that a caller means. */
export function findActor(platform: Platform, reference: string, user?: User): Actor | undefined {
  return platform.actors.find((actor) => isCalled(actor, reference, user?.username));
}

/** The runs of an account, in the order of their start. */
export function runsOf(platform: Platform, user: User): RunEntry[] {
  return [...platform.runs.values()].filter(({ owner }) => owner.id === user.id);
}

/** The runs of an account that lists show by now, in the order of their start. */
export function listedRunsOf(platform: Platform, user: User): RunEntry[] {
  const visibleSince = platform.clock.now() - platform.behaviour.listLagMillis;
  return runsOf(platform, user).filter(({ createdAt }) => createdAt <= visibleSince);
}
