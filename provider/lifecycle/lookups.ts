import type { Patience } from "../apify/client";
import type { Account } from "./context";
import type { Actor } from "../apify/schemas/actor";
import type { Task } from "../apify/schemas/task";

type Telling = Pick<Patience, "onPause">;

/** Reads of tasks and Actors that the resources of one deployment share. */
export interface Lookups {
  /** `onPause` counts for the resource that asks first. */
  task(account: Account, actorTaskId: string, patience?: Telling): Promise<Task>;
  actor(account: Account, actorId: string, patience?: Telling): Promise<Actor>;
}

/** Seconds that a look-up may take: a preview must not wait long for what it can do without. */
const lookupSecs = 20;

/** Each task and Actor of an account is read once, however many resources ask, and also when that fails. */
export function createLookups(): Lookups {
  const tasks = shared<Task>();
  const actors = shared<Actor>();
  return {
    task: (account, id, telling) =>
      tasks(account, id, () => account.client.getTask(id, { ...telling, withinSecs: lookupSecs })),
    actor: (account, id, telling) =>
      actors(account, id, () =>
        account.client.getActor(id, { ...telling, withinSecs: lookupSecs }),
      ),
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
