import { z } from "zod";
import { number } from "./tolerant";

/**
 * What a run used: amounts in `usage`, US dollars in `usageUsd`, under the same keys. Apify has documented
 * the key for external transfer with and without a question mark, so both are read.
 */
export const usageSchema = z.looseObject({
  ACTOR_COMPUTE_UNITS: number,
  DATASET_READS: number,
  DATASET_WRITES: number,
  KEY_VALUE_STORE_READS: number,
  KEY_VALUE_STORE_WRITES: number,
  KEY_VALUE_STORE_LISTS: number,
  REQUEST_QUEUE_READS: number,
  REQUEST_QUEUE_WRITES: number,
  DATA_TRANSFER_INTERNAL_GBYTES: number,
  DATA_TRANSFER_EXTERNAL_GBYTES: number,
  "DATA_TRANSFER_EXTERNAL_GBYTES?": number,
  PROXY_RESIDENTIAL_TRANSFER_GBYTES: number,
  PROXY_SERPS: number,
});

/** What a run used, with Apify's names. */
export type RunUsage = z.infer<typeof usageSchema>;
