/**
 * Apify tasks and their runs as resources of Pulumi, over a dynamic provider.
 *
 * @module pulumi-apify
 */

// The resources and their arguments.
export { Task } from "./program/task";
export type { ActorStandbyArgs, TaskArgs, TaskOnDelete, TaskOptionsArgs } from "./program/taskArgs";
export { TaskRun } from "./program/taskRun";
export type {
  TaskRunArgs,
  WebhookArgs,
  OnDelete,
  OnExpired,
  OnFailure,
  RunEndStatus,
} from "./program/taskRunArgs";

// Functions that read a run's data while the program runs.
export { datasetItems, keyValueStoreRecord } from "./program/functions";
export type { ReadOptions } from "./program/functions";
export type { DatasetItemsQuery } from "./apify/types/datasetItemsQuery";

// The outputs of a TaskRun: the run as Apify describes it, and links to it.
export type {
  EventUsage,
  Metamorph,
  Run,
  RunMeta,
  RunOptions,
  RunStats,
  StorageIds,
} from "./apify/types/run";
export type { Links } from "./apify/types/links";
export type { RunUsage } from "./apify/types/usage";
export type {
  ChargeEvent,
  FlatPricePerMonthPricing,
  FreePricing,
  OtherPricing,
  PayPerEventPricing,
  PricePerDatasetItemPricing,
  PricingInfo,
  TieredEventPrice,
  TieredUnitPrice,
} from "./apify/types/pricing";
