import type { Run } from "../../../emulator";

/** A run's own path and those of its data. */
export function pathsOf(run: Run): readonly string[] {
  return [
    `/v2/actor-runs/${run.id}`,
    `/v2/datasets/${run.defaultDatasetId}`,
    `/v2/key-value-stores/${run.defaultKeyValueStoreId}`,
    `/v2/request-queues/${run.defaultRequestQueueId}`,
  ];
}

/** What a purge of the run asks for, and with which status each is answered. */
export function deletionsOf(run: Run, status: number): readonly string[] {
  return pathsOf(run).map((path) => `DELETE ${path} ${status}`);
}
