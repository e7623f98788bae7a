import { z } from "zod";
import { id, number, text } from "./tolerant";

/**
 * A dataset. This package reads how many items it has. If the token may write, the response also holds
 * `urlSigningSecretKey`, a secret, which is removed here so that no other code can leak it.
 * Source: https://docs.apify.com/api/v2/dataset-get
 */
export const datasetSchema = z
  .looseObject({
    id,
    name: text,
    itemCount: number,
    cleanItemCount: number,
    createdAt: text,
    modifiedAt: text,
  })
  .transform((dataset) => ({ ...dataset, urlSigningSecretKey: undefined }));

/** A dataset, without its signing secret. */
export type Dataset = z.infer<typeof datasetSchema>;

/** The items of a dataset: any JSON that the Actor pushed. */
export const datasetItemsSchema = z.array(z.unknown());
