import { z } from "zod";

const amount = z.number().nullish();

/**
 * What a run used, counted (`usage`) or in US dollars (`usageUsd`): the keys are the same.
 * The external-transfer key has been documented with and without a question mark; both are read.
 */
export const usageSchema = z.looseObject({
  ACTOR_COMPUTE_UNITS: amount,
  DATASET_READS: amount,
  DATASET_WRITES: amount,
  KEY_VALUE_STORE_READS: amount,
  KEY_VALUE_STORE_WRITES: amount,
  KEY_VALUE_STORE_LISTS: amount,
  REQUEST_QUEUE_READS: amount,
  REQUEST_QUEUE_WRITES: amount,
  DATA_TRANSFER_INTERNAL_GBYTES: amount,
  DATA_TRANSFER_EXTERNAL_GBYTES: amount,
  "DATA_TRANSFER_EXTERNAL_GBYTES?": amount,
  PROXY_RESIDENTIAL_TRANSFER_GBYTES: amount,
  PROXY_SERPS: amount,
});

/** Counters of what a run used, by Apify's own names. */
export type RunUsage = z.infer<typeof usageSchema>;
