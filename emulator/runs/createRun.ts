import { ApiError, notFound } from "../http/errors";
import { timestamp } from "../state/emulatorState";
import { setRecord } from "../state/records";
import { createDefaultStorages } from "../state/storages";
import { chargeStart } from "./charge";
import { checkInput, mergeInput } from "./input";
import { checkLimits } from "./limits";
import { checkCharges, resolveBuild, resolveOptions } from "./options";
import { newStats, noUsage } from "./usage";
import type { JsonObject } from "../json";
import type { DeclaredRunOptions } from "../state/declaration";
import type { EmulatorState } from "../state/emulatorState";
import type { Actor, RunEntry, Task, User } from "../state/entities";
import type { Run, RunMeta } from "../state/run";

/** A request to run a task. */
export interface StartRequest {
  readonly owner: User;
  readonly task: Task;
  readonly options: DeclaredRunOptions;
  readonly input: JsonObject | undefined;
  readonly inputBytes: number;
  readonly webhooks: readonly unknown[];
  readonly meta: RunMeta;
}

/**
 * Creates a run in READY, with its storages.
 *
 * @throws ApiError if Apify would refuse the start; nothing was created then
 */
export function createRun(state: EmulatorState, start: StartRequest): RunEntry {
  const { owner, task } = start;
  const actor = actorOf(state, task);
  const options = resolveOptions([start.options, task.options, actor.defaultRunOptions]);
  checkCharges(actor.pricingInfo, options);
  const build = resolveBuild(actor, options.build);
  const input = mergeInput(build.inputSchema, task.input, start.input);
  checkInput(build.inputSchema, input);
  if (actor.refusal !== undefined) throw new ApiError(actor.refusal.type, actor.refusal);
  checkLimits(state, owner, options.memoryMbytes);

  const id = state.newId();
  const ids = createDefaultStorages(state, { userId: owner.id, actId: actor.id, runId: id });
  const run: Run = {
    id,
    actId: actor.id,
    userId: owner.id,
    actorTaskId: task.id,
    startedAt: timestamp(state),
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
    containerUrl: `https://${state.newId().toLowerCase()}.runs.apify.net`,
    isContainerServerReady: false,
    gitBranchName: actor.gitBranchName,
    platformUsageBillingModel: "USER",
    ...pricingOf(actor),
    ...noUsage(),
    consoleUrl: `https://console.apify.com/actors/${actor.id}/runs/${id}`,
  };
  const entry: RunEntry = {
    run,
    owner,
    actor,
    build,
    inputKey: "INPUT",
    pricing: actor.pricingInfo,
    token: `apify_api_run_${state.newId()}${state.newId()}`,
    webhooks: start.webhooks,
    restartOnError: options.restartOnError ?? false,
    messageFrom: "platform",
    log: [],
    createdAt: state.clock.now(),
    reads: 0,
    execution: undefined,
    timers: new Map(),
  };
  const store = state.keyValueStores.get(ids.keyValueStoreId);
  if (store !== undefined) setRecord(state, store, { key: entry.inputKey, value: input });
  state.runs.set(id, entry);
  task.totalRuns += 1;
  chargeStart(state, entry);
  return entry;
}

function pricingOf({ pricingInfo }: Actor): Pick<Run, "pricingInfo" | "chargedEventCounts"> {
  if (pricingInfo === undefined) return {};
  const isPaidPerEvent = pricingInfo.pricingModel === "PAY_PER_EVENT";
  const counts = isPaidPerEvent ? { chargedEventCounts: {} } : {};
  return { pricingInfo: structuredClone(pricingInfo), ...counts };
}

function actorOf(state: EmulatorState, task: Task): Actor {
  const actor = state.actors.find(({ id }) => id === task.actId);
  if (actor === undefined) throw notFound("Actor");
  return actor;
}
