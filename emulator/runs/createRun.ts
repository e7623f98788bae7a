import { notFound } from "../http/errors";
import { runConsoleUrl } from "../state/consoleUrls";
import { timestamp } from "../state/emulatorState";
import { setRecord } from "../state/records";
import { addToIndex } from "../state/runIndex";
import { createRunLog } from "../state/runLog";
import { createDefaultStorages } from "../state/storages";
import { countTaskRun } from "../state/tasks";
import { chargeStart } from "./charge";
import { checkInput, mergeInput } from "./input";
import { checkLimits } from "./limits";
import { checkCharges, resolveBuild, resolveOptions } from "./options";
import { checkRefusals } from "./refusals";
import { newStats, noUsage } from "./usage";
import { newWebhooks } from "./webhooks/idempotency";
import type { JsonObject } from "../json";
import type { DeclaredRunOptions } from "../state/declarationTypes";
import type { EmulatorState } from "../state/emulatorState";
import type { Actor, RunEntry, Task, User } from "../state/entities";
import type { Run, RunMeta } from "../state/run";
import type { AdHocWebhook } from "../state/webhook";

/** A request to run an Actor, with or without a task. */
export interface StartRequest {
  readonly owner: User;
  readonly actor: Actor;
  readonly task?: Task | undefined;
  readonly options: DeclaredRunOptions;
  readonly input: JsonObject | undefined;
  /** An input that is not JSON, as only an Actor without a task accepts. */
  readonly rawInput?: { readonly body: Buffer; readonly contentType: string } | undefined;
  readonly inputBytes: number;
  readonly webhooks: readonly AdHocWebhook[];
  readonly meta: RunMeta;
}

/**
 * Creates a run in READY, with its storages.
 *
 * @throws ApiError if Apify would refuse the start; nothing was created then
 */
export function createRun(state: EmulatorState, start: StartRequest): RunEntry {
  const { owner, actor, task, rawInput } = start;
  const layers = [start.options, task?.options ?? {}, actor.defaultRunOptions];
  const options = resolveOptions(layers);
  checkCharges(actor.pricingInfo, options);
  const build = resolveBuild(actor, options.build);
  const input = mergeInput(build.inputSchema, task?.input ?? null, start.input);
  if (rawInput === undefined) checkInput(build.inputSchema, input);
  checkRefusals(state, { owner, actor });
  checkLimits(state, owner, options.memoryMbytes);

  const id = state.newId();
  const ids = createDefaultStorages(state, { userId: owner.id, actId: actor.id, runId: id });
  const run: Run = {
    id,
    actId: actor.id,
    userId: owner.id,
    actorTaskId: task?.id ?? null,
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
    consoleUrl: runConsoleUrl(state, { id, actId: actor.id }),
  };
  const entry: RunEntry = {
    run,
    owner,
    actor,
    build,
    inputKey: "INPUT",
    pricing: actor.pricingInfo,
    token: `apify_api_run_${state.newId()}${state.newId()}`,
    webhooks: newWebhooks(state, owner, start.webhooks),
    restartOnError: options.restartOnError ?? false,
    messageFrom: "platform",
    log: createRunLog(),
    chargeKeys: new Map(),
    deliveries: [],
    createdAt: state.clock.now(),
    timeoutAt: undefined,
    offMillis: 0,
    reads: 0,
    execution: undefined,
    timers: new Map(),
  };
  const store = state.keyValueStores.get(ids.keyValueStoreId);
  if (store !== undefined) {
    const value = rawInput?.body ?? input;
    setRecord(state, store, { key: entry.inputKey, value, contentType: rawInput?.contentType });
  }
  addToIndex(state.runIndex, entry);
  if (task !== undefined) countTaskRun(state, task);
  chargeStart(state, entry);
  return entry;
}

function pricingOf({ pricingInfo }: Actor): Pick<Run, "pricingInfo" | "chargedEventCounts"> {
  if (pricingInfo === undefined) return {};
  const isPaidPerEvent = pricingInfo.pricingModel === "PAY_PER_EVENT";
  const counts = isPaidPerEvent ? { chargedEventCounts: {} } : {};
  return { pricingInfo: structuredClone(pricingInfo), ...counts };
}

/** The Actor of a task; throws an ApiError, 404, if it was deleted. */
export function actorOfTask(state: EmulatorState, task: Task): Actor {
  const actor = state.actors.find(({ id }) => id === task.actId);
  if (actor === undefined) throw notFound("Actor");
  return actor;
}
