import { noContent, ok } from "../http/answer";
import type { AuthorizedRequest } from "../http/request";
import { route, type Route } from "../http/router";
import type { Platform } from "../platform";
import type { Storage } from "../state/entities";
import { findStorage, storageView } from "./storages";

/** /v2/request-queues: they exist and can be deleted; requests are not emulated. */
export function requestQueueRoutes(platform: Platform): Route[] {
  const queueOf = (request: AuthorizedRequest): Storage =>
    findStorage(platform, request, { among: platform.requestQueues, called: "Request Queue" });
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
      platform.requestQueues.delete(queueOf(request).id);
      return noContent();
    }),
  ];
}
