import type { CancelTimer, Clock } from "../clock";
import type { HeldRequests } from "../http/heldRequests";
import type { Watchdog } from "../runs/watchdog";
import type { EmulatorSettings } from "../settings";
import type { Actor, Dataset, KeyValueStore, RunEntry, Storage, Task, User } from "./entities";

/** All that one emulator knows and uses. */
export interface EmulatorState {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly settings: EmulatorSettings;
  readonly heldRequests: HeldRequests;
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
  readonly changeListeners: Set<(entry: RunEntry) => void>;
  /** One promise for each Actor whose code still runs, or has been killed and is not gone yet. */
  readonly executions: Set<Promise<void>>;
  readonly watchdog: Watchdog;
}

/** The emulator's time as the API writes it. */
export function timestamp(state: EmulatorState): string {
  return new Date(state.clock.now()).toISOString();
}

/** Tells everyone who waits that this run changed. */
export function notifyChange(state: EmulatorState, entry: RunEntry): void {
  for (const watcher of [...state.changeListeners]) watcher(entry);
}

/** Sets a named timer of a run, in place of an earlier one of that name. */
export function setRunTimer(
  state: EmulatorState,
  entry: RunEntry,
  timer: { name: string; millis: number; callback: () => void },
): void {
  entry.timers.get(timer.name)?.();
  const cancel: CancelTimer = state.clock.setTimer(timer.millis, () => {
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
