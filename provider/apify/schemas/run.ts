import { z } from "zod";
import { bounded } from "./bounded";
import { pricingInfoSchema } from "./pricing";
import {
  expectedId,
  expectedText,
  flag,
  id,
  number,
  optional,
  optionalList,
  optionalRecord,
  requiredId,
  text,
} from "./tolerant";
import { usageSchema } from "./usage";

const metaSchema = z.looseObject({
  origin: text,
  clientIp: text,
  userAgent: text,
  scheduleId: text,
  scheduledAt: text,
});

const statsSchema = z.looseObject({
  inputBodyLen: number,
  migrationCount: number,
  rebootCount: number,
  restartCount: number,
  resurrectCount: number,
  memAvgBytes: number,
  memMaxBytes: number,
  memCurrentBytes: number,
  cpuAvgUsage: number,
  cpuMaxUsage: number,
  cpuCurrentUsage: number,
  netRxBytes: number,
  netTxBytes: number,
  durationMillis: number,
  runTimeSecs: number,
  metamorph: number,
  computeUnits: number,
});

const optionsSchema = z.looseObject({
  build: text,
  timeoutSecs: number,
  memoryMbytes: number,
  diskMbytes: number,
  maxItems: number,
  maxTotalChargeUsd: number,
  restartOnError: flag,
});

const metamorphSchema = z.looseObject({
  createdAt: text,
  actorId: id,
  buildId: id,
  inputKey: text,
});

const storageIdsSchema = z.looseObject({
  datasets: optionalRecord(requiredId),
  keyValueStores: optionalRecord(requiredId),
  requestQueues: optionalRecord(requiredId),
});

const eventUsageSchema = z.looseObject({ eventTitle: text, eventTotalUsd: number });

/**
 * A run as a state holds it. Only its id and its status are required: a run that was paid for must not
 * become unreadable because Apify omits a field, adds one or changes its type. Fields of the wrong type are dropped,
 * unknown fields and statuses are kept.
 */
export const storedRunSchema = z.looseObject({
  id: requiredId,
  status: z.string(),
  actId: expectedId,
  userId: expectedId,
  actorTaskId: id,
  startedAt: expectedText,
  finishedAt: text,
  buildId: expectedId,
  buildNumber: text,
  defaultDatasetId: expectedId,
  defaultKeyValueStoreId: expectedId,
  defaultRequestQueueId: expectedId,
  statusMessage: text,
  isStatusMessageTerminal: flag,
  exitCode: number,
  meta: optional(metaSchema),
  options: optional(optionsSchema),
  stats: optional(statsSchema),
  storageIds: optional(storageIdsSchema),
  generalAccess: text,
  containerUrl: text,
  isContainerServerReady: flag,
  gitBranchName: text,
  pricingInfo: optional(pricingInfoSchema),
  chargedEventCounts: optionalRecord(z.number()),
  /** What the run was charged for each event of a pay-per-event Actor. Apify sends it, but does not document it for runs. */
  eventUsage: optionalRecord(eventUsageSchema),
  usage: optional(usageSchema),
  usageUsd: optional(usageSchema),
  usageTotalUsd: number,
  platformUsageBillingModel: text,
  metamorphs: optionalList(metamorphSchema),
  /** Which member of an organization started the run. Apify sends it, but does not document it. */
  createdByOrganizationMemberUserId: id,
});

/**
 * A run as the API describes it. Its size is limited, so that it can be stored.
 * Source: https://docs.apify.com/api/v2/actor-run-get
 */
export const runSchema = z.preprocess(
  (run) => bounded(run, Object.keys(storedRunSchema.shape)),
  storedRunSchema,
);

/** A run of an Actor or task, as Apify describes it. */
export type Run = z.infer<typeof runSchema>;

/** The fields of a run that lists contain. */
export const runShortSchema = z.looseObject({
  id: requiredId,
  status: z.string(),
  startedAt: text,
  finishedAt: text,
  actorTaskId: id,
  buildId: id,
  meta: optional(metaSchema),
});

/** A run in a list. */
export type RunShort = z.infer<typeof runShortSchema>;

/** One page of runs. The total may lag behind the items. */
export const runListSchema = z.looseObject({
  total: number,
  items: z.array(runShortSchema),
});

/** One page of a task's runs. */
export type RunList = z.infer<typeof runListSchema>;
