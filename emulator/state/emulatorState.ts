import type { Clock } from "../clock";
import type { HeldRequests } from "../http/heldRequests";
import type { WebSocketConnection } from "../http/webSocket";
import type { Watchdog } from "../runs/watchdog";
import type { EmulatorSettings } from "../settings";
import type { Change } from "./change";
import type { Actor, RunEntry, Task, User } from "./entities";
import type { RunIndex } from "./runIndex";
import type { StorageMaps } from "./storage";

/** Everything that one emulator stores, and the parts that all of its code uses. */
export interface EmulatorState extends StorageMaps {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly settings: EmulatorSettings;
  readonly heldRequests: HeldRequests;
  /** `http://127.0.0.1:PORT`; empty until the server listens. */
  url: string;
  readonly users: User[];
  readonly actors: Actor[];
  readonly tasks: Task[];
  /** By id, in the order of their start. */
  readonly runs: ReadonlyMap<string, RunEntry>;
  readonly runIndex: RunIndex;
  /** Called after every change of a run, and after its removal. */
  readonly changeListeners: Set<(entry: RunEntry) => void>;
  /** By run: the connections of its code that listen for events. */
  readonly eventListeners: Map<string, Set<WebSocketConnection>>;
  /** One promise for each Actor whose code is running, or was killed and has not ended yet. */
  readonly executions: Set<Promise<void>>;
  /** Each cancels an attempt to deliver a webhook, or the pause before one. */
  readonly deliveries: Set<() => void>;
  readonly watchdog: Watchdog;
  /** Called with every change of the data, before it is answered. */
  journal: (change: Change) => void;
  /** Why changes wait to be recorded, after another attempt to do so; undefined if none do. */
  journalProblem: () => string | undefined;
}

/** The emulator's time in the API's format, ISO 8601. */
export function timestamp(state: EmulatorState): string {
  return new Date(state.clock.now()).toISOString();
}
