export { TaskRun } from "./pulumi/taskRun";
export type {
  TaskRunArgs,
  WebhookArgs,
  OnDelete,
  OnExpired,
  OnFailure,
  RunEndStatus,
} from "./pulumi/args";
export { datasetItems, keyValueStoreRecord } from "./pulumi/functions";
export type { ReadOptions } from "./pulumi/functions";
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
