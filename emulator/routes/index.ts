import { actorRoutes } from "./actors";
import { datasetRoutes } from "./datasets";
import { keyValueStoreRoutes } from "./keyValueStores";
import { logRoutes } from "./logs";
import { requestQueueRoutes } from "./requestQueues";
import { runRoutes } from "./runs";
import { taskRoutes } from "./tasks";
import { userRoutes } from "./users";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";

/** Every endpoint of the emulator. */
export function allRoutes(state: EmulatorState): Route[] {
  return [
    taskRoutes,
    runRoutes,
    logRoutes,
    actorRoutes,
    datasetRoutes,
    keyValueStoreRoutes,
    requestQueueRoutes,
    userRoutes,
  ].flatMap((routesOf) => routesOf(state));
}
