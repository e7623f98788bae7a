import { ApiError, notFound } from "../http/errors";
import { timestamp, type Platform } from "../platform";
import type { DeclaredRunOptions } from "../state/declaration";
import type { Actor, RunEntry, Task, User } from "../state/entities";
import type { JsonObject, Run, RunMeta } from "../state/shapes";
import { createDefaultStorages, setRecord } from "../state/storages";
import { checkInput, mergeInput } from "./input";
import { checkLimits } from "./limits";
import { resolveBuild, resolveOptions } from "./options";
import { newStats, noUsage } from "./usage";

/** What a request to run a task asks for. */
export interface StartRequest {
  readonly owner: User;
  readonly task: Task;
  readonly options: DeclaredRunOptions;
  readonly input: JsonObject | undefined;
  readonly inputBytes: number;
  readonly webhooks: readonly unknown[];
  readonly meta: RunMeta;
}

/** Makes the record of a new run in READY, or refuses; a refusal leaves nothing behind. */
export function createRun(platform: Platform, start: StartRequest): RunEntry {
  const { owner, task } = start;
  const actor = actorOf(platform, task);
  const options = resolveOptions([start.options, task.options, actor.defaultRunOptions]);
  const build = resolveBuild(actor, options.build);
  const input = mergeInput(build.inputSchema, task.input, start.input);
  checkInput(build.inputSchema, input);
  if (actor.refusal !== undefined) throw new ApiError(actor.refusal.type, actor.refusal);
  checkLimits(platform, owner, options.memoryMbytes);

  const id = platform.newId();
  const ids = createDefaultStorages(platform, { userId: owner.id, actId: actor.id, runId: id });
  const run: Run = {
    id,
    actId: actor.id,
    userId: owner.id,
    actorTaskId: task.id,
    startedAt: timestamp(platform),
    finishedAt: null,
    status: "READY",
    statusMessage: null,
    isStatusMessageTerminal: null,
    meta: start.meta,
    stats: newStats(start.inputBytes),
    options,
    buildId: build.id,
    buildNumber: build.number,
    exitCode: null,
    generalAccess: "FOLLOW_USER_SETTING",
    defaultKeyValueStoreId: ids.keyValueStoreId,
    defaultDatasetId: ids.datasetId,
    defaultRequestQueueId: ids.requestQueueId,
    storageIds: {
      datasets: { default: ids.datasetId },
      keyValueStores: { default: ids.keyValueStoreId },
      requestQueues: { default: ids.requestQueueId },
    },
    containerUrl: `https://${platform.newId().toLowerCase()}.runs.apify.net`,
    isContainerServerReady: false,
    gitBranchName: actor.gitBranchName,
    platformUsageBillingModel: "USER",
    ...(actor.pricingInfo === undefined
      ? {}
      : { pricingInfo: structuredClone(actor.pricingInfo), chargedEventCounts: {} }),
    ...noUsage(),
    consoleUrl: `https://console.apify.com/actors/${actor.id}/runs/${id}`,
  };
  const entry: RunEntry = {
    run,
    owner,
    actor,
    build,
    token: `apify_api_run_${platform.newId()}${platform.newId()}`,
    webhooks: start.webhooks,
    restartOnError: options.restartOnError ?? false,
    messageFrom: "platform",
    log: [],
    createdAt: platform.clock.now(),
    reads: 0,
    execution: undefined,
    timers: new Map(),
  };
  const store = platform.keyValueStores.get(ids.keyValueStoreId);
  if (store !== undefined) setRecord(platform, store, { key: "INPUT", value: input });
  platform.runs.set(id, entry);
  task.totalRuns += 1;
  return entry;
}

function actorOf(platform: Platform, task: Task): Actor {
  const actor = platform.actors.find(({ id }) => id === task.actId);
  if (actor === undefined) throw notFound("Actor");
  return actor;
}
