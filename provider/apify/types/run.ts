import type { PricingInfo } from "./pricing";
import type { RunUsage } from "./usage";

/** How a run was started. */
export interface RunMeta {
  /** `API`, `SCHEDULER`, `WEB` and so on. */
  readonly origin?: string | null | undefined;
  /** The IP address of the client that started it. No output has it. */
  readonly clientIp?: string | null | undefined;
  /** The user agent of the client that started it. */
  readonly userAgent?: string | null | undefined;
  /** The id of the schedule that started it. */
  readonly scheduleId?: string | null | undefined;
  /** The time for which it was scheduled, in ISO 8601. */
  readonly scheduledAt?: string | null | undefined;
  readonly [field: string]: unknown;
}

/** What a run did, and the resources it took. */
export interface RunStats {
  /** The size of the input in bytes. */
  readonly inputBodyLen?: number | null | undefined;
  /** How often the run moved to another server. */
  readonly migrationCount?: number | null | undefined;
  /** How often the run was rebooted. */
  readonly rebootCount?: number | null | undefined;
  /** How often Apify restarted the run after its process failed. */
  readonly restartCount?: number | null | undefined;
  /** How often the run was resurrected after its end. */
  readonly resurrectCount?: number | null | undefined;
  /** Memory on average, in bytes. */
  readonly memAvgBytes?: number | null | undefined;
  /** Memory at most, in bytes. */
  readonly memMaxBytes?: number | null | undefined;
  /** Memory when last measured, in bytes. */
  readonly memCurrentBytes?: number | null | undefined;
  /** CPU on average, in percent. */
  readonly cpuAvgUsage?: number | null | undefined;
  /** CPU at most, in percent. */
  readonly cpuMaxUsage?: number | null | undefined;
  /** CPU when last measured, in percent. */
  readonly cpuCurrentUsage?: number | null | undefined;
  /** Bytes received over the network. */
  readonly netRxBytes?: number | null | undefined;
  /** Bytes sent over the network. */
  readonly netTxBytes?: number | null | undefined;
  /** Milliseconds from the start of the run to its end. */
  readonly durationMillis?: number | null | undefined;
  /** Seconds during which the run was running. */
  readonly runTimeSecs?: number | null | undefined;
  /** How often the run continued as a run of another Actor. */
  readonly metamorph?: number | null | undefined;
  /** Compute units: gigabytes of memory times hours. */
  readonly computeUnits?: number | null | undefined;
  readonly [field: string]: unknown;
}

/** The options that a run uses: the task's own, unless the resource overrides them. */
export interface RunOptions {
  /** The tag or number of the build. */
  readonly build?: string | null | undefined;
  /** Seconds after which Apify stops the run; 0 for no timeout. */
  readonly timeoutSecs?: number | null | undefined;
  /** Memory in megabytes. */
  readonly memoryMbytes?: number | null | undefined;
  /** Disk in megabytes. */
  readonly diskMbytes?: number | null | undefined;
  /** The number of items for which the run may charge. */
  readonly maxItems?: number | null | undefined;
  /** US dollars that the run may cost. */
  readonly maxTotalChargeUsd?: number | null | undefined;
  /** Whether Apify restarts the run when its process fails. */
  readonly restartOnError?: boolean | null | undefined;
  readonly [field: string]: unknown;
}

/** A metamorph: the run continued as a run of another Actor. */
export interface Metamorph {
  /** The time of the metamorph, in ISO 8601. */
  readonly createdAt?: string | null | undefined;
  /** The id of the Actor. */
  readonly actorId?: string | null | undefined;
  /** The id of the build. */
  readonly buildId?: string | null | undefined;
  /** The key of the record with the input. */
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
  /** The ids of the datasets. */
  readonly datasets?: Readonly<Record<string, string>> | null | undefined;
  /** The ids of the key-value stores. */
  readonly keyValueStores?: Readonly<Record<string, string>> | null | undefined;
  /** The ids of the request queues. */
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
