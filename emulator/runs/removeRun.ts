import { cancelRunTimers, notifyChange } from "../state/emulatorState";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

/** Forgets a run; what it was doing is stopped. Its storages stay. */
export function removeRun(state: EmulatorState, entry: RunEntry): void {
  cancelRunTimers(entry);
  const execution = entry.execution;
  entry.execution = undefined;
  execution?.kill();
  state.runs.delete(entry.run.id);
  notifyChange(state, entry);
}

/** Forgets a run and its default storages together, as retention does. */
export function expireRun(state: EmulatorState, entry: RunEntry): void {
  const { run } = entry;
  state.datasets.delete(run.defaultDatasetId);
  state.keyValueStores.delete(run.defaultKeyValueStoreId);
  state.requestQueues.delete(run.defaultRequestQueueId);
  removeRun(state, entry);
}
