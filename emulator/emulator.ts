import { realClock } from "./clock";
import { createControls } from "./controls";
import { refusal } from "./faults/answers";
import { createFaultInjection } from "./faults/injection";
import { createHeldRequests } from "./http/heldRequests";
import { listen, refuseConnections, shutDown, trackConnections } from "./http/listening";
import { createRecorder, isClientWrite } from "./http/recorder";
import { createRouter } from "./http/router";
import { createApiServer } from "./http/server";
import { answerUpgrades } from "./http/upgrades";
import { makeId, secureRandom } from "./ids";
import { createPages } from "./pages";
import { openStateFolder } from "./persistence/openState";
import { allRoutes } from "./routes";
import { closeListeners, eventsRoute } from "./runs/events";
import { haltRun } from "./runs/execution";
import { waitAtMost } from "./runs/waitAtMost";
import { createWatchdog } from "./runs/watchdog";
import { completeSettings } from "./settings";
import { parseDeclaration } from "./state/declaration";
import { addDeclaredEntities } from "./state/actorsAndTasks";
import { timestamp } from "./state/emulatorState";
import { createRunIndex } from "./state/runIndex";
import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { Clock } from "./clock";
import type { EmulatorControls } from "./controls";
import type { Faults, InjectedFault } from "./faults/injection";
import type { RecordedRequest, Recording } from "./http/recorder";
import type { Interceptor } from "./http/exchange";
import type { Random } from "./ids";
import type { EmulatorSettings } from "./settings";
import type { StateFolder } from "./persistence/openState";
import type { Declaration } from "./state/declarationTypes";
import type { EmulatorState } from "./state/emulatorState";
import type { Refusal } from "./state/refusal";

/** How to start an emulator. */
export interface EmulatorOptions extends Partial<EmulatorSettings> {
  /** The users, Actors and tasks; `loadDeclaration` reads them from a file. */
  readonly declaration: Declaration;
  /** @default 0, any free port */
  readonly port?: number;
  /**
   * A folder that keeps the data, so that it survives the end of the emulator, a kill included. Runs
   * that have not ended continue when an emulator is started with it again. Injected faults and
   * refusals are not kept. @default none: the data is in memory only
   */
  readonly stateFolder?: string;
  /** @default the system clock */
  readonly clock?: Clock;
  /** Limits on the recorded requests. @default none */
  readonly recording?: Recording;
  /** The source of ids. @default cryptographically secure */
  readonly random?: Random;
}

/** A running emulator. */
export interface Emulator extends EmulatorControls {
  /** `http://127.0.0.1:PORT`, without `/v2`. */
  readonly url: string;
  /** The requests that were completely read, oldest first, within the limits of `recording`. */
  readonly requests: readonly RecordedRequest[];
  /** The requests that change something and come from API clients, not from Actors. */
  readonly writes: () => RecordedRequest[];
  /** Deletes the recorded requests. */
  readonly clearRequests: () => void;
  /** Adds an interceptor. Call the returned function to remove it. */
  readonly use: (interceptor: Interceptor) => () => void;
  /** Injects faults into requests. */
  readonly faults: Faults;
  /** Refuses the next `times` starts of runs with an error; Infinity for all. @default 1 */
  readonly refuseStarts: (refusal: Refusal, options?: { readonly times?: number }) => InjectedFault;
  /** The number of requests that a long poll or a fault is holding open. */
  readonly held: () => number;
  /** Refuses new connections. Call the returned function to accept them again, at the same address. */
  readonly refuseConnections: () => Promise<() => Promise<void>>;
  /**
   * Closes all connections and kills all Actors; resolves when their processes have ended, or after ten
   * seconds if they cannot be killed.
   */
  readonly close: () => Promise<void>;
}

/** How long to wait for killed Actors. One that has become another user's process cannot be killed. */
const killedMillis = 5000;

/** Starts an emulator on 127.0.0.1. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { clock = realClock, random = secureRandom, port = 0 } = options;
  const state = createState(clock, random, options);
  const declaration = parseDeclaration(options.declaration);
  const recorder = createRecorder(options.recording);
  const { faults, intercept } = createFaultInjection(state);
  const interceptors = new Set([intercept]);
  const router = createRouter(allRoutes(state));
  const pages = createPages(state, faults);
  const server = createApiServer(state, { router, pages, recorder, interceptors });
  const connections = trackConnections(server);
  answerUpgrades(server, eventsRoute(state));
  state.url = await listen(server, port);
  let stateFolder: StateFolder | undefined;
  const closeAll = async (): Promise<void> => {
    await close(state, server, connections);
    stateFolder?.close();
  };
  try {
    // Nothing waits from here on, so that no request comes before the data is there.
    const now = timestamp(state);
    if (options.stateFolder !== undefined) stateFolder = openStateFolder(options.stateFolder, now);
    addDeclaredEntities(state, declaration, stateFolder?.createdAt ?? now);
    stateFolder?.restore(state);
  } catch (error) {
    await closeAll();
    throw error;
  }

  return {
    url: state.url,
    requests: recorder.requests,
    writes: () => recorder.requests.filter(isClientWrite),
    clearRequests: recorder.clear,
    ...createControls(state),
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
    close: closeAll,
  };
}

function createState(
  clock: Clock,
  random: Random,
  settings: Partial<EmulatorSettings>,
): EmulatorState {
  const runIndex = createRunIndex();
  return {
    clock,
    newId: () => makeId(random),
    settings: completeSettings(settings),
    heldRequests: createHeldRequests(),
    url: "",
    users: [],
    actors: [],
    tasks: [],
    runs: runIndex.byId,
    runIndex,
    datasets: new Map(),
    keyValueStores: new Map(),
    requestQueues: new Map(),
    changeListeners: new Set(),
    eventListeners: new Map(),
    executions: new Set(),
    deliveries: new Set(),
    watchdog: createWatchdog(),
    journal: () => undefined,
    journalProblem: () => undefined,
  };
}

async function close(
  state: EmulatorState,
  server: Server,
  connections: ReadonlySet<Socket>,
): Promise<void> {
  closeListeners(state);
  await shutDown(server, connections);
  for (const cancel of [...state.deliveries]) cancel();
  state.deliveries.clear();
  for (const entry of state.runs.values()) haltRun(entry);
  await waitAtMost(killedMillis, Promise.all(state.executions));
  await waitAtMost(killedMillis, state.watchdog.close());
}
