import type { RetryOptions } from "../apify/apiRequest";
import type { Account } from "./account";
import type { Actor } from "../apify/schemas/actor";
import type { UserAgents } from "../run/runsWithKey";
import type { Task, TaskShort } from "../apify/schemas/task";

/** Reads of tasks and Actors that the resources of one deployment share. */
export interface SharedReads {
  /** Within 20 s, unless the first caller sets another limit. Its `onPause` is called, too. */
  task(account: Account, actorTaskId: string, retryOptions?: RetryOptions): Promise<Task>;
  /** As `task`. */
  actor(account: Account, actorId: string, retryOptions?: RetryOptions): Promise<Actor>;
  /** The account's own tasks, newest first, at most a thousand. */
  ownTasks(account: Account, retryOptions: RetryOptions): Promise<readonly TaskShort[]>;
  /** The `User-Agent` of each run of the account that was read to find its run key. */
  userAgents(account: Account): UserAgents;
}

/** Seconds for each read: a preview must not wait long for what it can do without. */
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
