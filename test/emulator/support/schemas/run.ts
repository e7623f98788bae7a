import { z } from "zod";
import { buildNumber, count, dateTime, generalAccess, id, jobStatus, origin } from "./common";
import { pricingInfo } from "./pricing";

const storageMap = z.record(z.string(), id);

const meta = z.strictObject({
  origin,
  clientIp: z.string().nullish(),
  userAgent: z.string().nullish(),
  scheduleId: id.nullish(),
  scheduledAt: dateTime.nullish(),
});

// Required as on https://docs.apify.com/api/v2/actor-task-runs-post; newer documents require nothing.
const stats = z.strictObject({
  inputBodyLen: count.nullish(),
  migrationCount: count.optional(),
  rebootCount: count.optional(),
  restartCount: count,
  resurrectCount: count,
  memAvgBytes: z.number().optional(),
  memMaxBytes: count.optional(),
  memCurrentBytes: count.optional(),
  cpuAvgUsage: z.number().optional(),
  cpuMaxUsage: z.number().optional(),
  cpuCurrentUsage: z.number().optional(),
  netRxBytes: count.optional(),
  netTxBytes: count.optional(),
  durationMillis: count.optional(),
  runTimeSecs: z.number().min(0).optional(),
  metamorph: count.optional(),
  computeUnits: z.number().min(0),
});

const options = z.strictObject({
  build: z.string().min(1),
  timeoutSecs: count,
  memoryMbytes: z.number().int().min(128).max(32_768),
  diskMbytes: count,
  maxItems: count.nullish(),
  maxTotalChargeUsd: z.number().min(0).nullish(),
  // Only in the types of apify-client.
  restartOnError: z.boolean().optional(),
});

const usage = z.strictObject({
  ACTOR_COMPUTE_UNITS: z.number().nullish(),
  DATASET_READS: count.nullish(),
  DATASET_WRITES: count.nullish(),
  KEY_VALUE_STORE_READS: count.nullish(),
  KEY_VALUE_STORE_WRITES: count.nullish(),
  KEY_VALUE_STORE_LISTS: count.nullish(),
  REQUEST_QUEUE_READS: count.nullish(),
  REQUEST_QUEUE_WRITES: count.nullish(),
  DATA_TRANSFER_INTERNAL_GBYTES: z.number().nullish(),
  DATA_TRANSFER_EXTERNAL_GBYTES: z.number().nullish(),
  PROXY_RESIDENTIAL_TRANSFER_GBYTES: z.number().nullish(),
  PROXY_SERPS: count.nullish(),
});

const usageUsd = z.strictObject(
  Object.fromEntries(Object.keys(usage.shape).map((name) => [name, z.number().min(0).nullish()])),
);

const metamorph = z.strictObject({
  createdAt: dateTime,
  actorId: id,
  buildId: id,
  inputKey: z.string().nullish(),
});

/** A run: https://docs.apify.com/api/v2/actor-run-get */
export const run = z.strictObject({
  id,
  actId: id,
  userId: id,
  actorTaskId: id.nullish(),
  startedAt: dateTime,
  finishedAt: dateTime.nullish(),
  status: jobStatus,
  statusMessage: z.string().nullish(),
  isStatusMessageTerminal: z.boolean().nullish(),
  meta,
  pricingInfo: pricingInfo.optional(),
  stats,
  chargedEventCounts: z.record(z.string(), count).optional(),
  options,
  buildId: id,
  exitCode: z.number().int().nullish(),
  generalAccess,
  defaultKeyValueStoreId: id,
  defaultDatasetId: id,
  defaultRequestQueueId: id,
  storageIds: z
    .strictObject({
      datasets: storageMap.optional(),
      keyValueStores: storageMap.optional(),
      requestQueues: storageMap.optional(),
    })
    .optional(),
  buildNumber: buildNumber.nullish(),
  containerUrl: z.url().optional(),
  isContainerServerReady: z.boolean().nullish(),
  gitBranchName: z.string().nullish(),
  usage: usage.nullish(),
  usageTotalUsd: z.number().min(0).nullish(),
  usageUsd: usageUsd.nullish(),
  metamorphs: z.array(metamorph).nullish(),
  platformUsageBillingModel: z.string().optional(),
  // Not in the schema, but in published answers.
  consoleUrl: z.url().optional(),
});

/** A run in a list: https://docs.apify.com/api/v2/actor-runs-get */
export const runShort = z.strictObject({
  id,
  actId: id,
  userId: id.optional(),
  actorTaskId: id.nullish(),
  status: jobStatus,
  startedAt: dateTime,
  finishedAt: dateTime.nullish(),
  buildId: id,
  buildNumber: buildNumber.optional(),
  buildNumberInt: count.optional(),
  meta,
  usageTotalUsd: z.number().min(0),
  defaultKeyValueStoreId: id,
  defaultDatasetId: id,
  defaultRequestQueueId: id,
});
