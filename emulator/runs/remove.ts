import { cancelRunTimers, notify, type Platform } from "../platform";
import type { RunEntry } from "../state/entities";

/** Forgets a run; what it was doing is stopped. Its storages stay. */
export function removeRun(platform: Platform, entry: RunEntry): void {
  cancelRunTimers(entry);
  const execution = entry.execution;
  entry.execution = undefined;
  execution?.kill();
  platform.runs.delete(entry.run.id);
  notify(platform, entry);
}

/** Forgets a run and its default storages together, as retention does. */
export function expireRun(platform: Platform, entry: RunEntry): void {
  const { run } = entry;
  platform.datasets.delete(run.defaultDatasetId);
  platform.keyValueStores.delete(run.defaultKeyValueStoreId);
  platform.requestQueues.delete(run.defaultRequestQueueId);
  removeRun(platform, entry);
}
