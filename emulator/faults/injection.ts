import { applyFault } from "./applyFault";
import { isRequestTo } from "./endpoints";
import type { RecordedRequest } from "../http/recorder";
import type { Exchange, Interceptor } from "../http/exchange";
import type { EmulatorState } from "../state/emulatorState";
import type { Endpoint } from "./endpoints";
import type { Fault } from "./fault";

/** A fault and the requests that it applies to. */
export interface Injection {
  readonly endpoint: Endpoint;
  readonly fault: Fault;
  /** The number of requests that it applies to; Infinity for all. @default 1 */
  readonly times?: number;
  /** The number of matching requests that pass first, not counting those with another fault. @default 0 */
  readonly skip?: number;
  /** Selects among the requests to the endpoint. @default all */
  readonly when?: (request: RecordedRequest) => boolean;
  /** What the pages call it. @default its kind and its endpoint */
  readonly label?: string;
}

/** A fault that was injected. */
export interface InjectedFault {
  /** Counts the faults of an emulator. */
  readonly id: number;
  readonly injection: Injection;
  /** The number of requests that it was applied to. */
  readonly hits: number;
  /** Removes the fault. */
  remove(): void;
}

/** The faults of an emulator. If several match a request, the first one injected applies. */
export interface Faults {
  /** Injects a fault. */
  inject(injection: Injection): InjectedFault;
  /** The faults that were injected and not removed, in this order, even if they are used up. */
  readonly all: () => readonly InjectedFault[];
  /** The total number of requests that had a fault. */
  readonly injected: number;
  /** Removes all faults. */
  clear(): void;
}

interface ActiveFault {
  readonly injection: Injection;
  passed: number;
  hits: number;
}

/** Creates the faults of an emulator, and the interceptor that applies them. */
export function createFaultInjection(state: EmulatorState): {
  faults: Faults;
  intercept: Interceptor;
} {
  const actives = new Map<ActiveFault, InjectedFault>();
  let injected = 0;
  let lastId = 0;
  return {
    faults: {
      inject: (injection) => {
        const active: ActiveFault = { injection, passed: 0, hits: 0 };
        const injectedFault: InjectedFault = {
          id: (lastId += 1),
          injection,
          get hits() {
            return active.hits;
          },
          remove: () => {
            actives.delete(active);
          },
        };
        actives.set(active, injectedFault);
        return injectedFault;
      },
      all: () => [...actives.values()],
      get injected() {
        return injected;
      },
      clear: () => {
        actives.clear();
      },
    },
    intercept: async (request, exchange) => {
      const active = [...actives.keys()].find((each) => appliesTo(each, request, exchange));
      if (active === undefined) return "pass";
      active.hits += 1;
      injected += 1;
      await applyFault(state, active.injection.fault, exchange);
      return "handled";
    },
  };
}

function appliesTo(active: ActiveFault, request: RecordedRequest, exchange: Exchange): boolean {
  const { endpoint, fault, times = 1, skip = 0, when } = active.injection;
  if (active.hits >= times || !isRequestTo(endpoint, request)) return false;
  if (fault.kind === "closeReused" && exchange.connection === "new") return false;
  if (when?.(request) === false) return false;
  if (active.passed >= skip) return true;
  active.passed += 1;
  return false;
}
