import { z } from "zod";
import { pricingInfoSchema } from "./pricing";
import { usageSchema } from "./usage";

const text = z.string().nullish();
const count = z.number().nullish();
const flag = z.boolean().nullish();

const metaSchema = z.looseObject({
  origin: text,
  clientIp: text,
  userAgent: text,
  scheduleId: text,
  scheduledAt: text,
});

const statsSchema = z.looseObject({
  inputBodyLen: count,
  migrationCount: count,
  rebootCount: count,
  restartCount: count,
  resurrectCount: count,
  memAvgBytes: count,
  memMaxBytes: count,
  memCurrentBytes: count,
  cpuAvgUsage: count,
  cpuMaxUsage: count,
  cpuCurrentUsage: count,
  netRxBytes: count,
  netTxBytes: count,
  durationMillis: count,
  runTimeSecs: count,
  metamorph: count,
  computeUnits: count,
});

const optionsSchema = z.looseObject({
  build: text,
  timeoutSecs: count,
  memoryMbytes: count,
  diskMbytes: count,
  maxItems: count,
  maxTotalChargeUsd: count,
  restartOnError: flag,
});

const metamorphSchema = z.looseObject({
  createdAt: text,
  actorId: text,
  buildId: text,
  inputKey: text,
});

const storageIdsSchema = z.looseObject({
  datasets: z.record(z.string(), z.string()).nullish(),
  keyValueStores: z.record(z.string(), z.string()).nullish(),
  requestQueues: z.record(z.string(), z.string()).nullish(),
});

/**
 * A run as the API answers it. What Apify guarantees is required, everything else may be absent or
 * null, and unknown fields and statuses pass: a run that was paid for must never be lost because
 * Apify added something.
 * Source: https://docs.apify.com/api/v2/actor-run-get
 */
export const runSchema = z.looseObject({
  id: z.string().min(1),
  actId: z.string(),
  userId: z.string(),
  status: z.string(),
  startedAt: z.string(),
  buildId: z.string(),
  defaultDatasetId: z.string(),
  defaultKeyValueStoreId: z.string(),
  defaultRequestQueueId: z.string(),
  actorTaskId: text,
  finishedAt: text,
  statusMessage: text,
  isStatusMessageTerminal: flag,
  meta: metaSchema.nullish(),
  stats: statsSchema.nullish(),
  options: optionsSchema.nullish(),
  exitCode: count,
  generalAccess: text,
  storageIds: storageIdsSchema.nullish(),
  buildNumber: text,
  containerUrl: text,
  isContainerServerReady: flag,
  gitBranchName: text,
  pricingInfo: pricingInfoSchema.nullish(),
  chargedEventCounts: z.record(z.string(), z.number()).nullish(),
  usage: usageSchema.nullish(),
  usageUsd: usageSchema.nullish(),
  usageTotalUsd: count,
  platformUsageBillingModel: text,
  metamorphs: z.array(metamorphSchema).nullish(),
});

/** A run of an Actor or task, as Apify describes it. */
export type Run = z.infer<typeof runSchema>;

/** What a list of runs holds of each: fewer fields, so fewer are required. */
export const runShortSchema = z.looseObject({
  id: z.string().min(1),
  status: z.string(),
  startedAt: text,
  finishedAt: text,
  actorTaskId: text,
  buildId: text,
  meta: metaSchema.nullish(),
});

/** A run as a list shows it. */
export type RunShort = z.infer<typeof runShortSchema>;

/** One page of runs. */
export const runListSchema = z.looseObject({
  total: z.number(),
  offset: z.number(),
  limit: z.number(),
  count: z.number(),
  desc: z.boolean(),
  items: z.array(runShortSchema),
});

/** One page of a task's runs. */
export type RunList = z.infer<typeof runListSchema>;
