import { bytes } from "../http/answer";
import { ApiError } from "../http/errors";
import { checkNotCrossSite } from "../http/hostCheck";
import { route } from "../http/router";
import { waitForFinish } from "../runs/runChanges";
import { actorOfTask } from "../runs/createRun";
import { isTerminal } from "../state/run";
import { actorOf } from "./actors";
import { startRun, startsPerSecond } from "./starts";
import { taskOf } from "./tasks";
import type { Answer } from "../http/answer";
import type { AuthorizedRequest } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";
import type { Startable } from "./starts";

/** https://docs.apify.com/api/v2/actor-task-run-sync-post */
const maxWaitMillis = 300_000;

/** The run-sync endpoints of tasks and Actors: they start a run and answer with its data. */
export function runSyncRoutes(state: EmulatorState, routes: readonly Route[]): Route[] {
  const getItems = handlerOf(routes, "/v2/datasets/:id/items");
  const getRecord = handlerOf(routes, "/v2/key-value-stores/:id/records/:key");
  const sources: [path: string, find: (request: AuthorizedRequest) => Startable][] = [
    [
      "/v2/actor-tasks/:id",
      (request) => {
        const task = taskOf(state, request);
        return { task, actor: actorOfTask(state, task) };
      },
    ],
    ["/v2/actors/:id", (request) => ({ actor: actorOf(state, request) })],
  ];
  return sources.flatMap(([path, find]) =>
    ["GET", "POST"].flatMap((method) => [
      route(
        `${method} ${path}/run-sync-get-dataset-items`,
        async (request) => {
          const { run } = await finishedRun(state, request, find(request));
          const params = { id: run.defaultDatasetId };
          return { ...(await getItems({ ...request, params })), status: 201 };
        },
        { rateLimit: startsPerSecond },
      ),
      route(
        `${method} ${path}/run-sync`,
        async (request) => {
          const entry = await finishedRun(state, request, find(request));
          const key = request.query.get("outputRecordKey") ?? "OUTPUT";
          const id = entry.run.defaultKeyValueStoreId;
          // An Actor need not write an output.
          if (state.keyValueStores.get(id)?.records.has(key) !== true) return noOutput();
          return { ...(await getRecord({ ...request, params: { id, key } })), status: 201 };
        },
        { rateLimit: startsPerSecond },
      ),
    ]),
  );
}

async function finishedRun(
  state: EmulatorState,
  request: AuthorizedRequest,
  startable: Startable,
): Promise<RunEntry> {
  checkNotCrossSite(request.headers);
  const entry = startRun(state, request, startable);
  const { run } = entry;
  await waitForFinish(state, entry, { millis: maxWaitMillis, signal: request.disconnected });
  // The run goes on.
  if (!isTerminal(run.status)) throw new ApiError("run-timeout-exceeded");
  if (run.status === "SUCCEEDED") return entry;
  const message = `Actor run did not succeed (run ID: ${run.id}, status: ${run.status})`;
  throw new ApiError("run-failed", { message });
}

function handlerOf(routes: readonly Route[], pattern: string): Route["handle"] {
  const found = routes.find((each) => each.method === "GET" && each.pattern === pattern);
  if (found === undefined) throw new Error(`No route GET ${pattern}`);
  return found.handle;
}

function noOutput(): Answer {
  return bytes(Buffer.alloc(0), "application/json; charset=utf-8", { status: 201 });
}
