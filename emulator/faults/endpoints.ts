import type { RecordedRequest } from "../http/recorder";

/** An endpoint, by its purpose. `any` matches every request, even those to unknown paths. */
export type Endpoint =
  | "startRun"
  | "listTaskRuns"
  | "getRun"
  | "abortRun"
  | "deleteRun"
  | "getRunLog"
  | "getTask"
  | "getActor"
  | "getDataset"
  | "getDatasetItems"
  | "getRecord"
  | "deleteStorage"
  | "any";

/** Patterns of the method and the path, such as `GET /v2/actor-runs/x`. */
const patterns: Readonly<Record<Endpoint, RegExp>> = {
  startRun: /^POST \/v2\/(actor-tasks|actors|acts)\/[^/]+\/runs$/,
  listTaskRuns: /^GET \/v2\/actor-tasks\/[^/]+\/runs$/,
  getRun: /^GET \/v2\/actor-runs\/[^/]+$/,
  abortRun: /^POST \/v2\/actor-runs\/[^/]+\/abort$/,
  deleteRun: /^DELETE \/v2\/actor-runs\/[^/]+$/,
  getRunLog: /^GET \/v2\/(actor-runs\/[^/]+\/log|logs\/[^/]+)$/,
  getTask: /^GET \/v2\/actor-tasks\/[^/]+$/,
  getActor: /^GET \/v2\/(actors|acts)\/[^/]+$/,
  getDataset: /^GET \/v2\/datasets\/[^/]+$/,
  getDatasetItems: /^GET \/v2\/datasets\/[^/]+\/items$/,
  getRecord: /^GET \/v2\/key-value-stores\/[^/]+\/records\/[^/]+$/,
  deleteStorage: /^DELETE \/v2\/(datasets|key-value-stores|request-queues)\/[^/]+$/,
  any: /^/,
};

/** Whether a request is one to this endpoint. */
export function isRequestTo(endpoint: Endpoint, { method, pathname }: RecordedRequest): boolean {
  return patterns[endpoint].test(`${method} ${pathname}`);
}
