import { z } from "zod";
import { actor, actorShort } from "./actor";
import * as expected from "./body";
import { build, buildShort } from "./build";
import * as queue from "./queueRequests";
import { run, runShort } from "./run";
import * as storage from "./storage";
import { task, taskInput, taskShort } from "./task";
import { limits, monthlyUsage, publicUser, user, userOfActor } from "./user";
import type { ExpectedAnswer } from "./body";

/** An endpoint of Apify, and its successful answers. */
export interface Endpoint {
  readonly method: string;
  /** Such as `/v2/actor-runs/:id`. */
  readonly pattern: string;
  readonly answers: readonly ExpectedAnswer[];
}

const { data, emptyObject, headOnly, items, json, log, noContent, pageOf, rawLog, record } =
  expected;

/** Storages with these fields list unnamed ones too. */
const unnamed = { unnamed: z.boolean().optional() };

type Row = readonly [methodAndPath: string, ...answers: ExpectedAnswer[]];

const runsPage = pageOf(runShort);
const startedRun = { ...data(run, 201), headers: ["location"] };

/** What runs have in common, wherever they are: by their own id or as the last run of something. */
function ofRun(path: string): Row[] {
  return [
    [`GET ${path}`, data(run)],
    [`POST ${path}/abort`, data(run)],
    [`POST ${path}/metamorph`, data(run)],
    [`POST ${path}/reboot`, data(run)],
    [`GET ${path}/log`, log, rawLog],
    ...ofDataset(`${path}/dataset`),
    ...ofStore(`${path}/key-value-store`),
    ...ofQueue(`${path}/request-queue`),
  ];
}

function ofDataset(path: string): Row[] {
  return [
    [`GET ${path}`, data(storage.dataset)],
    [`PUT ${path}`, data(storage.dataset)],
    [`DELETE ${path}`, noContent],
    [`GET ${path}/items`, items],
    [`HEAD ${path}/items`, headOnly],
    [`POST ${path}/items`, emptyObject],
    [`GET ${path}/statistics`, data(storage.datasetStatistics)],
  ];
}

function ofStore(path: string): Row[] {
  return [
    [`GET ${path}`, data(storage.keyValueStore)],
    [`PUT ${path}`, data(storage.keyValueStore)],
    [`DELETE ${path}`, noContent],
    [`GET ${path}/keys`, data(storage.keys)],
    [`GET ${path}/records/:key`, record],
    [`HEAD ${path}/records/:key`, headOnly],
    [`PUT ${path}/records/:key`, emptyObject],
    [`POST ${path}/records/:key`, emptyObject],
    [`DELETE ${path}/records/:key`, noContent],
  ];
}

function ofQueue(path: string): Row[] {
  const request = `${path}/requests/:requestId`;
  return [
    [`GET ${path}`, data(storage.requestQueue)],
    [`PUT ${path}`, data(storage.requestQueue)],
    [`DELETE ${path}`, noContent],
    [`GET ${path}/requests`, data(queue.queueRequests)],
    [`POST ${path}/requests`, data(queue.requestRegistration, 201)],
    [`POST ${path}/requests/batch`, data(queue.batchAdded, 201)],
    [`DELETE ${path}/requests/batch`, data(queue.batchDeleted)],
    [`POST ${path}/requests/unlock`, data(queue.unlocked)],
    [`GET ${path}/head`, data(queue.queueHead)],
    [`POST ${path}/head/lock`, data(queue.lockedQueueHead, 201), data(queue.lockedQueueHead)],
    [`GET ${request}`, data(queue.queueRequest)],
    [`PUT ${request}`, data(queue.requestRegistration)],
    [`DELETE ${request}`, noContent],
    [`PUT ${request}/lock`, data(queue.requestLock)],
    [`DELETE ${request}/lock`, noContent],
  ];
}

const actorPath = "/v2/actors/:id";
const taskPath = "/v2/actor-tasks/:id";
const runPath = "/v2/actor-runs/:id";

const rows: Row[] = [
  ["GET /v2/actors", pageOf(actorShort)],
  [`GET ${actorPath}`, data(actor)],
  [`GET ${actorPath}/builds`, pageOf(buildShort)],
  [`GET ${actorPath}/builds/default`, data(build)],
  [`GET ${actorPath}/builds/:buildId`, data(build)],
  [`GET ${actorPath}/runs`, runsPage],
  [`POST ${actorPath}/runs`, startedRun],
  [`POST ${actorPath}/run-sync`, { ...record, status: 201 }],
  [`POST ${actorPath}/run-sync-get-dataset-items`, { ...items, status: 201 }],
  [`POST ${actorPath}/validate-input`, json(z.strictObject({ valid: z.boolean() }))],
  [`GET ${actorPath}/webhooks`, pageOf(z.never())],
  ...ofRun(`${actorPath}/runs/last`),
  [`GET ${actorPath}/runs/:runId`, data(run)],
  [`POST ${actorPath}/runs/:runId/abort`, data(run)],
  [`POST ${actorPath}/runs/:runId/metamorph`, data(run)],
  [`POST ${actorPath}/runs/:runId/resurrect`, data(run)],

  ["GET /v2/actor-builds", pageOf(buildShort)],
  ["GET /v2/actor-builds/:id", data(build)],
  ["GET /v2/actor-builds/:id/log", log, rawLog],

  ["GET /v2/actor-tasks", pageOf(taskShort)],
  ["POST /v2/actor-tasks", data(task, 201)],
  [`GET ${taskPath}`, data(task)],
  [`PUT ${taskPath}`, data(task)],
  [`DELETE ${taskPath}`, noContent],
  [`GET ${taskPath}/input`, json(taskInput)],
  [`PUT ${taskPath}/input`, json(taskInput)],
  [`GET ${taskPath}/webhooks`, pageOf(z.never())],
  [`GET ${taskPath}/runs`, runsPage],
  [`POST ${taskPath}/runs`, startedRun],
  [`POST ${taskPath}/run-sync`, { ...record, status: 201 }],
  [`POST ${taskPath}/run-sync-get-dataset-items`, { ...items, status: 201 }],
  ...ofRun(`${taskPath}/runs/last`),

  ["GET /v2/actor-runs", runsPage],
  ...ofRun(runPath),
  [`PUT ${runPath}`, data(run)],
  [`DELETE ${runPath}`, noContent],
  [`POST ${runPath}/resurrect`, data(run)],
  [`POST ${runPath}/charge`, emptyObject],
  ["GET /v2/logs/:id", log, rawLog],

  ["GET /v2/datasets", pageOf(storage.datasetShort, unnamed)],
  ["POST /v2/datasets", data(storage.dataset, 201), data(storage.dataset)],
  ...ofDataset("/v2/datasets/:id"),
  ["GET /v2/key-value-stores", pageOf(storage.keyValueStore, unnamed)],
  ["POST /v2/key-value-stores", data(storage.keyValueStore, 201), data(storage.keyValueStore)],
  ...ofStore("/v2/key-value-stores/:id"),
  ["GET /v2/request-queues", pageOf(storage.requestQueueShort, unnamed)],
  ["POST /v2/request-queues", data(storage.requestQueue, 201), data(storage.requestQueue)],
  ...ofQueue("/v2/request-queues/:id"),

  ["GET /v2/users/me", data(z.union([user, userOfActor]))],
  ["GET /v2/users/me/limits", data(limits)],
  ["GET /v2/users/me/usage/monthly", data(monthlyUsage)],
  ["GET /v2/users/:id", data(publicUser)],
];

/** The endpoints that the local Apify may have, and how Apify answers them. */
export const endpoints: readonly Endpoint[] = rows.map(([methodAndPattern, ...answers]) => {
  const [method = "", pattern = ""] = methodAndPattern.split(" ");
  return { method, pattern, answers };
});

/** The endpoint of a request; the first that matches, so fixed names come before parameters. */
export function endpointOf(method: string, pathname: string): Endpoint | undefined {
  const segments = pathname.replace(/^\/v2\/acts(?=\/|$)/, "/v2/actors").split("/");
  return endpoints.find(
    (each) => each.method === method && matches(each.pattern.split("/"), segments),
  );
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, at) =>
      part.startsWith(":") ? segments[at] !== "" : part === segments[at],
    )
  );
}
