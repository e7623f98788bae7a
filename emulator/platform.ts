import type { Behaviour } from "./behaviour";
import type { CancelTimer, Clock } from "./clock";
import type { Holds } from "./http/holds";
import type { Guard } from "./runs/guard";
import type {
  Actor,
  Dataset,
  KeyValueStore,
  RunEntry,
  Storage,
  Task,
  User,
} from "./state/entities";

/** All that one emulator knows and uses. */
export interface Platform {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly behaviour: Behaviour;
  readonly holds: Holds;
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  url: string;
  readonly users: User[];
  readonly actors: Actor[];
  readonly tasks: Task[];
  /** In the order of their start. */
  readonly runs: Map<string, RunEntry>;
  readonly datasets: Map<string, Dataset>;
  readonly keyValueStores: Map<string, KeyValueStore>;
  readonly requestQueues: Map<string, Storage>;
  /** Called after every change of a run, and after its removal. */
  readonly watchers: Set<(entry: RunEntry) => void>;
  /** One promise for each Actor whose code still runs, or has been killed and is not gone yet. */
  readonly executing: Set<Promise<void>>;
  readonly guard: Guard;
}

/** The emulator's time as the API writes it. */
export function timestamp(platform: Platform): string {
  return new Date(platform.clock.now()).toISOString();
}

/** Tells everyone who waits that this run changed. */
export function notify(platform: Platform, entry: RunEntry): void {
  for (const watcher of [...platform.watchers]) watcher(entry);
}

/** Sets a named timer of a run, in place of an earlier one of that name. */
export function setRunTimer(
  platform: Platform,
  entry: RunEntry,
  timer: { name: string; millis: number; callback: () => void },
): void {
  entry.timers.get(timer.name)?.();
  const cancel: CancelTimer = platform.clock.setTimer(timer.millis, () => {
    entry.timers.delete(timer.name);
    timer.callback();
  });
  entry.timers.set(timer.name, cancel);
}

/** Calls off all timers of a run. */
export function cancelRunTimers(entry: RunEntry): void {
  for (const cancel of entry.timers.values()) cancel();
  entry.timers.clear();
}
