import { applyFault } from "./applyFault";
import { isRequestTo } from "./endpoints";
import type { RecordedRequest } from "../http/recorder";
import type { Exchange, Interceptor } from "../http/server";
import type { EmulatorState } from "../state/emulatorState";
import type { Endpoint } from "./endpoints";
import type { Fault } from "./fault";

/** A fault, and which requests it is for. */
export interface Injection {
  readonly endpoint: Endpoint;
  readonly fault: Fault;
  /** How many requests it meets; Infinity for every one. @default 1 */
  readonly times?: number;
  /** How many fitting requests pass first; those that another fault meets do not count. @default 0 */
  readonly skip?: number;
  /** Which of the requests fit. @default all of them */
  readonly when?: (request: RecordedRequest) => boolean;
}

/** A fault that was put on requests. */
export interface InjectedFault {
  /** How many requests it has met. */
  readonly hits: number;
  /** Takes it out. */
  remove(): void;
}

/** The faults of an emulator. Where several fit a request, the one that was injected first meets it. */
export interface Faults {
  /** Puts a fault on requests. */
  inject(injection: Injection): InjectedFault;
  /** How many requests were met by a fault in all. */
  readonly injected: number;
  /** Takes all faults out. */
  clear(): void;
}

interface ActiveFault {
  readonly injection: Injection;
  passed: number;
  hits: number;
}

/** Makes the faults of an emulator, and the interceptor that brings them about. */
export function createFaultInjection(state: EmulatorState): {
  faults: Faults;
  intercept: Interceptor;
} {
  const actives = new Set<ActiveFault>();
  let injected = 0;
  return {
    faults: {
      inject: (injection) => {
        const active: ActiveFault = { injection, passed: 0, hits: 0 };
        actives.add(active);
        return {
          get hits() {
            return active.hits;
          },
          remove: () => {
            actives.delete(active);
          },
        };
      },
      get injected() {
        return injected;
      },
      clear: () => {
        actives.clear();
      },
    },
    intercept: async (request, exchange) => {
      const active = [...actives].find((each) => appliesTo(each, request, exchange));
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
