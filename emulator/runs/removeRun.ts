import { removeFromIndex } from "../state/runIndex";
import { notifyChange } from "./changeListeners";
import { haltRun } from "./execution";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

/** Stops and deletes a run. Its storages stay. */
export function removeRun(state: EmulatorState, entry: RunEntry): void {
  haltRun(entry);
  removeFromIndex(state.runIndex, entry);
  notifyChange(state, entry);
}

/** Deletes a run and its default storages, as Apify does after the retention period. */
export function expireRun(state: EmulatorState, entry: RunEntry): void {
  const { run } = entry;
  state.datasets.delete(run.defaultDatasetId);
  state.keyValueStores.delete(run.defaultKeyValueStoreId);
  state.requestQueues.delete(run.defaultRequestQueueId);
  removeRun(state, entry);
}
