/** What a run used, with Apify's names, as amounts (`usage`) or in US dollars (`usageUsd`). */
export interface RunUsage {
  readonly ACTOR_COMPUTE_UNITS?: number | null | undefined;
  readonly DATASET_READS?: number | null | undefined;
  readonly DATASET_WRITES?: number | null | undefined;
  readonly KEY_VALUE_STORE_READS?: number | null | undefined;
  readonly KEY_VALUE_STORE_WRITES?: number | null | undefined;
  readonly KEY_VALUE_STORE_LISTS?: number | null | undefined;
  readonly REQUEST_QUEUE_READS?: number | null | undefined;
  readonly REQUEST_QUEUE_WRITES?: number | null | undefined;
  readonly DATA_TRANSFER_INTERNAL_GBYTES?: number | null | undefined;
  readonly DATA_TRANSFER_EXTERNAL_GBYTES?: number | null | undefined;
  readonly "DATA_TRANSFER_EXTERNAL_GBYTES?"?: number | null | undefined;
  readonly PROXY_RESIDENTIAL_TRANSFER_GBYTES?: number | null | undefined;
  readonly PROXY_SERPS?: number | null | undefined;
  readonly [counter: string]: unknown;
}
