import type { RetryOptions } from "../apify/apiRequest";
import type { Account } from "./account";
import type { Actor } from "../apify/schemas/actor";
import type { UserAgents } from "../run/runsWithKey";
import type { Task, TaskShort } from "../apify/schemas/task";

/** Reads of tasks and Actors that the resources of one deployment share. */
export interface SharedReads {
  /** Reads a task, within 20 s unless the first caller sets another limit. Only the first caller's options count. */
  task(account: Account, actorTaskId: string, retryOptions?: RetryOptions): Promise<Task>;
  /** Like `task`, for an Actor. */
  actor(account: Account, actorId: string, retryOptions?: RetryOptions): Promise<Actor>;
  /** The account's own tasks, newest first, at most a thousand. */
  ownTasks(account: Account, retryOptions: RetryOptions): Promise<readonly TaskShort[]>;
  /** The `User-Agent`s of the account's runs, as far as they were read to find a run key. */
  userAgents(account: Account): UserAgents;
}

/** Seconds for each read. A preview must not wait long for information that it can do without. */
const readSecs = 20;

/** Reads each task and Actor of an account once, however many resources need it, even if the read fails. */
export function createSharedReads(): SharedReads {
  const tasks = shared<Task>();
  const actors = shared<Actor>();
  const lists = shared<readonly TaskShort[]>();
  const userAgents = new WeakMap<Account, UserAgents>();
  return {
    task: (account, id, retryOptions) =>
      tasks(account, id, () =>
        account.client.getTask(id, { withinSecs: readSecs, ...retryOptions }),
      ),
    actor: (account, id, retryOptions) =>
      actors(account, id, () =>
        account.client.getActor(id, { withinSecs: readSecs, ...retryOptions }),
      ),
    ownTasks: (account, retryOptions) =>
      lists(account, "", async () => (await account.client.listTasks(retryOptions)).items),
    userAgents: (account) => {
      const known = userAgents.get(account) ?? new Map<string, string | null>();
      userAgents.set(account, known);
      return known;
    },
  };
}

function shared<T>(): (account: Account, id: string, read: () => Promise<T>) => Promise<T> {
  const known = new WeakMap<Account, Map<string, Promise<T>>>();
  return (account, id, read) => {
    const ofAccount = known.get(account) ?? new Map<string, Promise<T>>();
    known.set(account, ofAccount);
    const reading = ofAccount.get(id) ?? read();
    ofAccount.set(id, reading);
    return reading;
  };
}
