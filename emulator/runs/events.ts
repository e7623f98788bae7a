import { timestamp } from "../state/emulatorState";
import { isTerminal } from "../state/run";
import { setRunTimer } from "./timers";
import type { WebSocketRoute } from "../http/upgrades";
import type { WebSocketConnection } from "../http/webSocket";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

/** https://docs.apify.com/platform/actors/development/programming-interface/system-events */
const systemInfoMillis = 1000;

/** https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
const normalClosure = 1000;
const goingAway = 1001;

/** A message to an Actor. Its SDK makes the regular `persistState` itself. */
export interface ActorEvent {
  readonly name: "systemInfo" | "aborting" | "migrating" | "persistState";
  readonly data: object;
}

/** Where a run's code listens for events. The token makes the address unguessable. */
export function eventsUrl({ url }: EmulatorState, { run, token }: RunEntry): string {
  return `${url.replace(/^http/, "ws")}/actor-runs/${run.id}/events?token=${token}`;
}

/** Connects the addresses that {@link eventsUrl} makes, and only until the run's end. */
export function eventsRoute(state: EmulatorState): WebSocketRoute {
  return (path) => {
    const [, runId = "", token] = /^\/actor-runs\/(\w+)\/events\?token=(\w+)$/.exec(path) ?? [];
    const entry = state.runs.get(runId);
    if (entry === undefined || entry.token !== token) return undefined;
    if (isTerminal(entry.run.status)) return undefined;
    return (connection) => {
      subscribe(state, entry, connection);
    };
  };
}

/** Closes the connections of all runs. */
export function closeListeners({ eventListeners }: EmulatorState): void {
  for (const connections of eventListeners.values()) {
    for (const connection of connections) connection.close(goingAway);
  }
}

/** Sends the events of a run to a connection, until the connection or the run ends. */
function subscribe(state: EmulatorState, entry: RunEntry, connection: WebSocketConnection): void {
  const { eventListeners } = state;
  const runId = entry.run.id;
  const listeners = eventListeners.get(runId) ?? new Set();
  eventListeners.set(runId, listeners.add(connection));
  const closeAtEnd = (changed: RunEntry): void => {
    if (changed !== entry) return;
    if (isTerminal(entry.run.status) || !state.runs.has(runId)) connection.close(normalClosure);
  };
  state.changeListeners.add(closeAtEnd);
  connection.onClose(() => {
    state.changeListeners.delete(closeAtEnd);
    listeners.delete(connection);
    if (listeners.size === 0) eventListeners.delete(runId);
  });
  sendSystemInfo(state, entry);
}

/** Tells a run's code that it will be stopped, and whether it listens. */
export function announceAbort(state: EmulatorState, entry: RunEntry): "heard" | "unheard" {
  if (!state.eventListeners.has(entry.run.id)) return "unheard";
  send(state, entry, { name: "aborting", data: {} });
  send(state, entry, { name: "persistState", data: { isMigrating: false } });
  return "heard";
}

/** Sends an event to the code of a run. */
export function send(state: EmulatorState, { run }: RunEntry, { name, data }: ActorEvent): void {
  const message = JSON.stringify({ name, createdAt: timestamp(state), data });
  for (const connection of state.eventListeners.get(run.id) ?? []) connection.send(message);
}

/** Sends what the run's own statistics say, which the emulator does not measure. */
function sendSystemInfo(state: EmulatorState, entry: RunEntry): void {
  if (!state.eventListeners.has(entry.run.id)) return;
  const { stats, options } = entry.run;
  const data = {
    createdAt: timestamp(state),
    memAvgBytes: stats.memAvgBytes,
    memCurrentBytes: stats.memCurrentBytes,
    memMaxBytes: options.memoryMbytes * 2 ** 20,
    cpuAvgUsage: stats.cpuAvgUsage,
    cpuMaxUsage: stats.cpuMaxUsage,
    cpuCurrentUsage: stats.cpuCurrentUsage,
    isCpuOverloaded: false,
  };
  send(state, entry, { name: "systemInfo", data });
  const callback = (): void => {
    sendSystemInfo(state, entry);
  };
  setRunTimer(state, entry, { name: "systemInfo", millis: systemInfoMillis, callback });
}
