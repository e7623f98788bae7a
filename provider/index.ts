export { TaskRun } from "./program/taskRun";
export type {
  TaskRunArgs,
  WebhookArgs,
  OnDelete,
  OnExpired,
  OnFailure,
  RunEndStatus,
} from "./program/args";
export { datasetItems, keyValueStoreRecord } from "./program/functions";
export type { ReadOptions } from "./program/functions";
export type { DatasetItemsQuery } from "./apify/types/datasetItemsQuery";
export type { Links } from "./apify/types/links";
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
export type {
  EventUsage,
  Metamorph,
  Run,
  RunMeta,
  RunOptions,
  RunStats,
  StorageIds,
} from "./apify/types/run";
export type { RunUsage } from "./apify/types/usage";
