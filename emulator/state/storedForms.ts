import type { DayUsage } from "./accountUsage";
import type { StoredBuild, StoredRun, StoredTask, StoredUsage } from "./change";
import type { Build, RunEntry, Task, User } from "./entities";

/** A run as a change contains it. */
export function storedRun(entry: RunEntry): StoredRun {
  const { run, inputKey, pricing, token, webhooks } = entry;
  const { restartOnError, messageFrom, createdAt, timeoutAt, offMillis } = entry;
  return {
    ...{ run, inputKey, pricing, token, webhooks },
    ...{ restartOnError, messageFrom, createdAt, timeoutAt, offMillis },
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

/** A build as a change contains it. */
export function storedBuild({ id, number, createdAt }: Build): StoredBuild {
  return { id, number, createdAt };
}

/** The usage of an account as a change contains it. */
export function storedUsage({ usage }: User): StoredUsage {
  return [...usage].map(([day, services]) => [day, [...services]]);
}

/** The usage of an account, from a change. */
export function restoredUsage(stored: StoredUsage): Map<string, DayUsage> {
  return new Map(stored.map(([day, services]) => [day, new Map(services)]));
}
