import { collectionRoutes } from "./storageCollections";
import { commonEndpoints, storageRoutes } from "./storageEndpoints";
import { storageView } from "./storageViews";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { Storage } from "../state/storage";

/**
 * /v2/request-queues, and the request queue of a run. A queue contains no requests: an Actor of the
 * official SDK starts, reads its input, stores its results and ends without any.
 */
export function requestQueueRoutes(state: EmulatorState): Route[] {
  const view = (queue: Storage): unknown => ({
    ...storageView(state, "requestQueues", queue),
    totalRequestCount: 0,
    handledRequestCount: 0,
    pendingRequestCount: 0,
    hadMultipleClients: false,
    stats: { readCount: 0, writeCount: 0, deleteCount: 0, headItemReadCount: 0, storageBytes: 0 },
  });
  return [
    ...collectionRoutes(state, "requestQueues", { view, listItem: view }),
    ...storageRoutes(state, "requestQueues", commonEndpoints(state, "requestQueues", view)),
  ];
}
