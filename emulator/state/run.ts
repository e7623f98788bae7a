import type { JsonObject } from "../json";

/** The statuses that Apify documents. A test may set others. */
export type KnownStatus =
  | "READY"
  | "RUNNING"
  | "SUCCEEDED"
  | "FAILED"
  | "TIMING-OUT"
  | "TIMED-OUT"
  | "ABORTING"
  | "ABORTED";

const terminalStatuses: ReadonlySet<string> = new Set<KnownStatus>([
  "SUCCEEDED",
  "FAILED",
  "TIMED-OUT",
  "ABORTED",
]);

/** Whether a run with this status has ended. Unknown statuses count as not ended. */
export function isTerminal(status: string): boolean {
  return terminalStatuses.has(status);
}

/** Where a run was started from. */
export interface RunMeta {
  origin: string;
  clientIp: string | null;
  userAgent: string | null;
  scheduleId: string | null;
  scheduledAt: string | null;
}

/** One metamorph of a run. */
export interface Metamorph {
  createdAt: string;
  actorId: string;
  buildId: string;
  inputKey: string | null;
}

/** The statistics of a run. */
export interface RunStats {
  inputBodyLen: number | null;
  migrationCount: number;
  rebootCount: number;
  restartCount: number;
  resurrectCount: number;
  memAvgBytes: number;
  memMaxBytes: number;
  memCurrentBytes: number;
  cpuAvgUsage: number;
  cpuMaxUsage: number;
  cpuCurrentUsage: number;
  netRxBytes: number;
  netTxBytes: number;
  durationMillis: number;
  runTimeSecs: number;
  metamorph: number;
  computeUnits: number;
}

/** The effective options of a run. `build` is the tag or number as it was requested. */
export interface RunOptions {
  build: string;
  timeoutSecs: number;
  memoryMbytes: number;
  diskMbytes: number;
  maxItems?: number;
  maxTotalChargeUsd?: number;
  restartOnError?: boolean;
}

/** A run as `GET /v2/actor-runs/:id` returns it to its owner. */
export interface Run {
  id: string;
  actId: string;
  userId: string;
  actorTaskId: string | null;
  startedAt: string;
  finishedAt: string | null;
  /** A `KnownStatus`, unless a test set another one. */
  status: string;
  statusMessage: string | null;
  isStatusMessageTerminal: boolean | null;
  meta: RunMeta;
  stats: RunStats;
  options: RunOptions;
  buildId: string;
  buildNumber: string | null;
  exitCode: number | null;
  generalAccess: string;
  defaultKeyValueStoreId: string;
  defaultDatasetId: string;
  defaultRequestQueueId: string;
  storageIds: {
    datasets: Record<string, string>;
    keyValueStores: Record<string, string>;
    requestQueues: Record<string, string>;
  };
  containerUrl: string | null;
  isContainerServerReady: boolean | null;
  gitBranchName: string | null;
  platformUsageBillingModel: string;
  pricingInfo?: JsonObject;
  /** Only for a run that is paid per event. */
  chargedEventCounts?: Record<string, number>;
  metamorphs?: Metamorph[];
  usage?: Record<string, number> | null;
  usageUsd?: Record<string, number> | null;
  usageTotalUsd?: number | null;
  consoleUrl: string;
}

/** New values for any fields of a run. `undefined` removes a field, as Apify omits some. */
export type RunPatch = {
  [Field in keyof Run]?: Run[Field] | null | undefined;
} & Record<string, unknown>;
