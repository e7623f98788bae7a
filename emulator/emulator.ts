import { realClock } from "./clock";
import { controls } from "./controls";
import { refusal } from "./faults/answers";
import { createFaultInjection } from "./faults/injection";
import { createHeldRequests } from "./http/heldRequests";
import { listen, refuseConnections, shutDown } from "./http/listening";
import { createRecorder, isClientWrite } from "./http/recorder";
import { createApiServer } from "./http/server";
import { makeId, secureRandom } from "./ids";
import { allRoutes } from "./routes";
import { createWatchdog } from "./runs/watchdog";
import { completeSettings } from "./settings";
import { parseDeclaration } from "./state/declaration";
import { addDeclaredEntities } from "./state/declaredEntities";
import { cancelRunTimers } from "./state/emulatorState";
import type { Server } from "node:http";
import type { Clock } from "./clock";
import type { EmulatorControls } from "./controls";
import type { Faults, InjectedFault } from "./faults/injection";
import type { RecordedRequest, Recording } from "./http/recorder";
import type { Interceptor } from "./http/server";
import type { Random } from "./ids";
import type { EmulatorSettings } from "./settings";
import type { Declaration } from "./state/declaration";
import type { EmulatorState } from "./state/emulatorState";
import type { Refusal } from "./state/refusal";

/** How to start an emulator. */
export interface EmulatorOptions extends Partial<EmulatorSettings> {
  /** The users, Actors and tasks: an object, or what `loadDeclaration` read. */
  readonly declaration: Declaration;
  /** @default 0, any free port */
  readonly port?: number;
  /** @default the machine's own clock */
  readonly clock?: Clock;
  /** How much is kept of the requests that were seen. @default all */
  readonly recording?: Recording;
  /** Where ids come from. @default a source that cannot be guessed */
  readonly random?: Random;
}

/** A running emulator. */
export interface Emulator extends EmulatorControls {
  /** `http://127.0.0.1:PORT`, without `/v2`. */
  readonly url: string;
  /** Every request that was read to its end, in that order, as far as `recording` keeps them. */
  readonly requests: readonly RecordedRequest[];
  /** The requests by which API clients, not Actors, asked for a change. */
  readonly writes: () => RecordedRequest[];
  /** Forgets the requests seen so far. */
  readonly clearRequests: () => void;
  /** Puts a hook before the routing; call what it returns to take it out again. */
  readonly use: (interceptor: Interceptor) => () => void;
  /** What is to go wrong. */
  readonly faults: Faults;
  /** Refuses the next starts of runs with an error of Apify's; Infinity for every one. @default 1 */
  readonly refuseStarts: (refusal: Refusal, options?: { readonly times?: number }) => InjectedFault;
  /** How many requests that have arrived whole are held back on purpose, by a long poll or a fault. */
  readonly held: () => number;
  /** Refuses new connections; call what it returns to let them in again, at the same address. */
  readonly refuseConnections: () => Promise<() => Promise<void>>;
  /** Closes all connections and kills the Actors that run; resolves when they are gone. */
  readonly close: () => Promise<void>;
}

/** Starts an emulator on 127.0.0.1. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { clock = realClock, random = secureRandom, port = 0 } = options;
  const state = createPlatform(clock, random, options);
  addDeclaredEntities(state, parseDeclaration(options.declaration));
  const recorder = createRecorder(options.recording);
  const { faults, intercept } = createFaultInjection(state);
  const interceptors = new Set([intercept]);
  const routes = allRoutes(state);
  const server = createApiServer(state, { routes, recorder, interceptors });
  state.url = await listen(server, port);

  return {
    url: state.url,
    requests: recorder.requests,
    writes: () => recorder.requests.filter(isClientWrite),
    clearRequests: recorder.clear,
    ...controls(state),
    use: (interceptor) => {
      interceptors.add(interceptor);
      return () => {
        interceptors.delete(interceptor);
      };
    },
    faults,
    refuseStarts: ({ type, ...details }, { times = 1 } = {}) =>
      faults.inject({ endpoint: "startRun", fault: refusal(type, details), times }),
    held: state.heldRequests.count,
    refuseConnections: () => Promise.resolve(refuseConnections(server)),
    close: () => close(state, server),
  };
}

function createPlatform(
  clock: Clock,
  random: Random,
  behaviour: Partial<EmulatorSettings>,
): EmulatorState {
  return {
    clock,
    newId: () => makeId(random),
    settings: completeSettings(behaviour),
    heldRequests: createHeldRequests(),
    url: "",
    users: [],
    actors: [],
    tasks: [],
    runs: new Map(),
    datasets: new Map(),
    keyValueStores: new Map(),
    requestQueues: new Map(),
    changeListeners: new Set(),
    executions: new Set(),
    watchdog: createWatchdog(),
  };
}

async function close(state: EmulatorState, server: Server): Promise<void> {
  await shutDown(server);
  for (const entry of state.runs.values()) {
    cancelRunTimers(entry);
    const execution = entry.execution;
    entry.execution = undefined;
    execution?.kill();
  }
  await Promise.all(state.executions);
  await state.watchdog.close();
}
