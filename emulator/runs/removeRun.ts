import { removeFromIndex } from "../state/runIndex";
import { expireStorage } from "../state/storages";
import { notifyChange } from "./runChanges";
import { haltRun } from "./execution";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

/** Stops and deletes a run. Its storages stay. */
export function removeRun(state: EmulatorState, entry: RunEntry): void {
  haltRun(entry);
  removeFromIndex(state.runIndex, entry);
  notifyChange(state, entry);
}

/** Deletes a run and those of its default storages that have no name, as Apify does after the retention period. */
export function expireRun(state: EmulatorState, entry: RunEntry): void {
  const { run } = entry;
  expireStorage(state, "datasets", run.defaultDatasetId);
  expireStorage(state, "keyValueStores", run.defaultKeyValueStoreId);
  expireStorage(state, "requestQueues", run.defaultRequestQueueId);
  removeRun(state, entry);
}
