import type { PricingInfo } from "./pricing";
import type { RunUsage } from "./usage";

/** How a run was started. */
export interface RunMeta {
  /** `API`, `SCHEDULER`, `WEB` and so on. */
  readonly origin?: string | null | undefined;
  readonly clientIp?: string | null | undefined;
  readonly userAgent?: string | null | undefined;
  readonly scheduleId?: string | null | undefined;
  /** ISO 8601. */
  readonly scheduledAt?: string | null | undefined;
  readonly [field: string]: unknown;
}

/** What a run did, and the resources it took. */
export interface RunStats {
  readonly inputBodyLen?: number | null | undefined;
  readonly migrationCount?: number | null | undefined;
  readonly rebootCount?: number | null | undefined;
  readonly restartCount?: number | null | undefined;
  readonly resurrectCount?: number | null | undefined;
  readonly memAvgBytes?: number | null | undefined;
  readonly memMaxBytes?: number | null | undefined;
  readonly memCurrentBytes?: number | null | undefined;
  readonly cpuAvgUsage?: number | null | undefined;
  readonly cpuMaxUsage?: number | null | undefined;
  readonly cpuCurrentUsage?: number | null | undefined;
  readonly netRxBytes?: number | null | undefined;
  readonly netTxBytes?: number | null | undefined;
  readonly durationMillis?: number | null | undefined;
  readonly runTimeSecs?: number | null | undefined;
  readonly metamorph?: number | null | undefined;
  readonly computeUnits?: number | null | undefined;
  readonly [field: string]: unknown;
}

/** The options that a run uses: the task's own, unless the resource overrides them. */
export interface RunOptions {
  /** A tag or a number. */
  readonly build?: string | null | undefined;
  /** Seconds; 0 for no timeout. */
  readonly timeoutSecs?: number | null | undefined;
  readonly memoryMbytes?: number | null | undefined;
  readonly diskMbytes?: number | null | undefined;
  readonly maxItems?: number | null | undefined;
  readonly maxTotalChargeUsd?: number | null | undefined;
  readonly restartOnError?: boolean | null | undefined;
  readonly [field: string]: unknown;
}

/** A metamorph: the run continued as a run of another Actor. */
export interface Metamorph {
  /** ISO 8601. */
  readonly createdAt?: string | null | undefined;
  readonly actorId?: string | null | undefined;
  readonly buildId?: string | null | undefined;
  readonly inputKey?: string | null | undefined;
  readonly [field: string]: unknown;
}

/** What a run was charged for one kind of event. */
export interface EventUsage {
  readonly eventTitle?: string | null | undefined;
  readonly eventTotalUsd?: number | null | undefined;
  readonly [field: string]: unknown;
}

/** The storages of a run by alias. The alias of the default ones is `default`. */
export interface StorageIds {
  readonly datasets?: Readonly<Record<string, string>> | null | undefined;
  readonly keyValueStores?: Readonly<Record<string, string>> | null | undefined;
  readonly requestQueues?: Readonly<Record<string, string>> | null | undefined;
  readonly [field: string]: unknown;
}

/**
 * A run of an Actor or task, as Apify describes it. Every field except the id and the status may be absent,
 * and there may be fields that this version does not know.
 * Source: https://docs.apify.com/api/v2/actor-run-get
 */
export interface Run {
  readonly id: string;
  readonly actId?: string | undefined;
  readonly userId?: string | undefined;
  readonly status: string;
  /** ISO 8601. */
  readonly startedAt?: string | undefined;
  readonly buildId?: string | undefined;
  readonly defaultDatasetId?: string | undefined;
  readonly defaultKeyValueStoreId?: string | undefined;
  readonly defaultRequestQueueId?: string | undefined;
  /** Absent if the run was not started from a task. */
  readonly actorTaskId?: string | null | undefined;
  /** ISO 8601. */
  readonly finishedAt?: string | null | undefined;
  readonly statusMessage?: string | null | undefined;
  readonly isStatusMessageTerminal?: boolean | null | undefined;
  readonly meta?: RunMeta | null | undefined;
  readonly stats?: RunStats | null | undefined;
  readonly options?: RunOptions | null | undefined;
  readonly exitCode?: number | null | undefined;
  readonly generalAccess?: string | null | undefined;
  readonly storageIds?: StorageIds | null | undefined;
  readonly buildNumber?: string | null | undefined;
  readonly containerUrl?: string | null | undefined;
  readonly isContainerServerReady?: boolean | null | undefined;
  readonly gitBranchName?: string | null | undefined;
  readonly pricingInfo?: PricingInfo | null | undefined;
  readonly chargedEventCounts?: Readonly<Record<string, number>> | null | undefined;
  readonly usage?: RunUsage | null | undefined;
  readonly usageUsd?: RunUsage | null | undefined;
  readonly usageTotalUsd?: number | null | undefined;
  readonly platformUsageBillingModel?: string | null | undefined;
  readonly metamorphs?: readonly Metamorph[] | null | undefined;
  /** What the run was charged for each event of a pay-per-event Actor. */
  readonly eventUsage?: Readonly<Record<string, EventUsage>> | null | undefined;
  /** Which member of an organization started the run. */
  readonly createdByOrganizationMemberUserId?: string | null | undefined;
  readonly [field: string]: unknown;
}
