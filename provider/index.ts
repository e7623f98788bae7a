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
export type { DatasetItemsQuery } from "./apify/client";
export type { Run } from "./apify/schemas/run";
export type { PricingInfo } from "./apify/schemas/pricing";
export type { RunUsage } from "./apify/schemas/usage";
export type { Links } from "./lifecycle/state";
