import { noContent, ok } from "../http/answer";
import { route } from "../http/router";
import { findStorage, storageView } from "./storages";
import type { AuthorizedRequest } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { Storage } from "../state/entities";

/** /v2/request-queues: a queue can be read and deleted; it contains no requests. */
export function requestQueueRoutes(state: EmulatorState): Route[] {
  const queueOf = (request: AuthorizedRequest): Storage =>
    findStorage(state, request, { among: state.requestQueues, called: "Request Queue" });
  return [
    route("GET /v2/request-queues/:id", (request) =>
      ok({
        ...storageView(queueOf(request), "request-queues"),
        totalRequestCount: 0,
        handledRequestCount: 0,
        pendingRequestCount: 0,
        hadMultipleClients: false,
        stats: { readCount: 0, writeCount: 0, deleteCount: 0, storageBytes: 0 },
      }),
    ),
    route("DELETE /v2/request-queues/:id", (request) => {
      state.requestQueues.delete(queueOf(request).id);
      return noContent();
    }),
  ];
}
