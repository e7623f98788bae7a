import type { RetryOptions } from "../apify/client";
import type { Account } from "./context";
import type { Actor } from "../apify/schemas/actor";
import type { Task, TaskShort } from "../apify/schemas/task";

/** Reads of tasks and Actors that the resources of one deployment share. */
export interface Lookups {
  /** Within 20 s, or as many as whoever asks first gives it; its `onPause` counts, too. */
  task(account: Account, actorTaskId: string, patience?: RetryOptions): Promise<Task>;
  /** As `task`. */
  actor(account: Account, actorId: string, patience?: RetryOptions): Promise<Actor>;
  /** The account's own tasks, at most a thousand, the newest first. */
  ownTasks(account: Account, patience: RetryOptions): Promise<readonly TaskShort[]>;
}

/** Seconds that a look-up may take: a preview must not wait long for what it can do without. */
const lookupSecs = 20;

/** Each task and Actor of an account is read once, however many resources ask, and also when that fails. */
export function createLookups(): Lookups {
  const tasks = shared<Task>();
  const actors = shared<Actor>();
  const lists = shared<readonly TaskShort[]>();
  return {
    task: (account, id, patience) =>
      tasks(account, id, () => account.client.getTask(id, { withinSecs: lookupSecs, ...patience })),
    actor: (account, id, patience) =>
      actors(account, id, () =>
        account.client.getActor(id, { withinSecs: lookupSecs, ...patience }),
      ),
    ownTasks: (account, patience) =>
      lists(account, "", async () => (await account.client.listTasks(patience)).items),
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
