import type { Server } from "node:http";

import { behaviourOf, type Behaviour } from "./behaviour";
import { realClock, type Clock } from "./clock";
import { controls, type EmulatorControls } from "./controls";
import { refusal } from "./faults/answers";
import { createFaults, type Faults, type InjectedFault } from "./faults/faults";
import { createHolds } from "./http/holds";
import { listen, refuseConnections, shutDown } from "./http/listening";
import { isClientWrite, type RecordedRequest } from "./http/recorder";
import { createApiServer, type Interceptor } from "./http/server";
import { makeId, secureRandom, type Random } from "./ids";
import { cancelRunTimers, type Platform } from "./platform";
import { allRoutes } from "./routes";
import { parseDeclaration, type Declaration, type Refusal } from "./state/declaration";
import { seed } from "./state/seed";

/** How to start an emulator. */
export interface EmulatorOptions extends Partial<Behaviour> {
  /** The users, Actors and tasks: an object, or what `loadDeclaration` read. */
  readonly declaration: Declaration;
  /** @default 0, any free port */
  readonly port?: number;
  /** @default the machine's own clock */
  readonly clock?: Clock;
  /** Where ids come from. @default a source that cannot be guessed */
  readonly random?: Random;
}

/** A running emulator. */
export interface Emulator extends EmulatorControls {
  /** `http://127.0.0.1:PORT`, without `/v2`. */
  readonly url: string;
  /** Every request that was read to its end, in that order. */
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
  const platform = createPlatform(clock, random, options);
  seed(platform, parseDeclaration(options.declaration));
  const requests: RecordedRequest[] = [];
  const { faults, intercept } = createFaults(platform);
  const interceptors = new Set([intercept]);
  const routes = allRoutes(platform);
  const server = createApiServer(platform, { routes, requests, interceptors });
  platform.url = await listen(server, port);

  return {
    url: platform.url,
    requests,
    writes: () => requests.filter(isClientWrite),
    clearRequests: () => {
      requests.length = 0;
    },
    ...controls(platform),
    use: (interceptor) => {
      interceptors.add(interceptor);
      return () => {
        interceptors.delete(interceptor);
      };
    },
    faults,
    refuseStarts: ({ type, ...details }, { times = 1 } = {}) =>
      faults.inject({ endpoint: "startRun", fault: refusal(type, details), times }),
    held: platform.holds.count,
    refuseConnections: () => Promise.resolve(refuseConnections(server)),
    close: () => close(platform, server),
  };
}

function createPlatform(clock: Clock, random: Random, behaviour: Partial<Behaviour>): Platform {
  return {
    clock,
    newId: () => makeId(random),
    behaviour: behaviourOf(behaviour),
    holds: createHolds(),
    url: "",
    users: [],
    actors: [],
    tasks: [],
    runs: new Map(),
    datasets: new Map(),
    keyValueStores: new Map(),
    requestQueues: new Map(),
    watchers: new Set(),
    executing: new Set(),
  };
}

async function close(platform: Platform, server: Server): Promise<void> {
  await shutDown(server);
  for (const entry of platform.runs.values()) {
    cancelRunTimers(entry);
    const execution = entry.execution;
    entry.execution = undefined;
    execution?.kill();
  }
  await Promise.all(platform.executing);
}
