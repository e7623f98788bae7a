import type { DayUsage } from "./accountUsage";
import type { StoredBuild, StoredRun, StoredTask, StoredUsage } from "./change";
import type { Actor, RunEntry, Task, User } from "./entities";

/** A run as a change contains it. */
export function storedRun(entry: RunEntry): StoredRun {
  const { run, inputKey, pricing, token, webhooks, dispatches } = entry;
  const { restartOnError, messageFrom, createdAt } = entry;
  return {
    ...{ run, inputKey, pricing, token, webhooks, dispatches },
    ...{ restartOnError, messageFrom, createdAt },
    username: entry.owner.username,
    actor: { username: entry.actor.username, name: entry.actor.name },
    chargeKeys: [...entry.chargeKeys],
  };
}

/** A task as a change contains it. */
export function storedTask(task: Task): StoredTask {
  const { id, userId, username, actId, name, title, description, input, options } = task;
  const { actorStandby, createdAt, modifiedAt } = task;
  return {
    ...{ id, userId, username, actId, name, title, description, input, options },
    ...{ actorStandby, createdAt, modifiedAt },
  };
}

/** The builds of an Actor as a change contains them. */
export function storedBuilds({ builds }: Actor): StoredBuild[] {
  return builds.map(({ id, number, createdAt, tags }) => ({
    id,
    number,
    createdAt,
    tags: [...tags],
  }));
}

/** The usage of an account as a change contains it. */
export function storedUsage({ usage }: User): StoredUsage {
  return [...usage].map(([day, services]) => [day, [...services]]);
}

/** The usage of an account, from a change. */
export function restoredUsage(stored: StoredUsage): Map<string, DayUsage> {
  return new Map(stored.map(([day, services]) => [day, new Map(services)]));
}
