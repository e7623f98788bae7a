import { actorRoutes } from "./actors";
import { buildRoutes } from "./builds";
import { datasetRoutes } from "./datasets";
import { keyValueStoreRoutes } from "./keyValueStores";
import { logRoutes } from "./logs";
import { requestQueueRoutes } from "./requestQueues";
import { runAliases } from "./runAliases";
import { runRoutes } from "./runs";
import { runSyncRoutes } from "./runSync";
import { taskRoutes } from "./tasks";
import { userRoutes } from "./users";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";

/** Every endpoint of the emulator. Of two that match a request, the first one answers it. */
export function allRoutes(state: EmulatorState): Route[] {
  const routes = [
    taskRoutes,
    runRoutes,
    logRoutes,
    actorRoutes,
    buildRoutes,
    datasetRoutes,
    keyValueStoreRoutes,
    requestQueueRoutes,
    userRoutes,
  ].flatMap((routesOf) => routesOf(state));
  return [...routes, ...runAliases(state, routes), ...runSyncRoutes(state, routes)];
}
