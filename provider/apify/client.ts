import { connect } from "./connection";
import { createTaskEndpoint } from "./endpoints/createTask";
import { runEndpoints } from "./endpoints/runs";
import { startEndpoint } from "./endpoints/startTaskRun";
import { storageEndpoints } from "./endpoints/storages";
import { taskEndpoints } from "./endpoints/tasks";
import type { ConnectionOptions } from "./connection";
import type { CreateTaskEndpoint } from "./endpoints/createTask";
import type { RunEndpoints } from "./endpoints/runs";
import type { StartEndpoint } from "./endpoints/startTaskRun";
import type { StorageEndpoints } from "./endpoints/storages";
import type { TaskEndpoints } from "./endpoints/tasks";

/**
 * The endpoints that this package uses. `startTaskRun` and `createTask` return their outcome. All others
 * retry a request until it succeeds, and throw a `RequestError` when its time is up.
 */
export interface ApifyClient
  extends StartEndpoint, CreateTaskEndpoint, RunEndpoints, TaskEndpoints, StorageEndpoints {}

/** The API of one account. Nothing is sent before the first call. */
export function createApifyClient(options: ConnectionOptions): ApifyClient {
  const connection = connect(options);
  return {
    ...startEndpoint(connection),
    ...createTaskEndpoint(connection),
    ...runEndpoints(connection),
    ...taskEndpoints(connection),
    ...storageEndpoints(connection),
  };
}
