import { z } from "zod";
import { id, number, text } from "./tolerant";

/**
 * A dataset, of which this package reads how many items it has. The real answer to a token that may
 * write also holds `urlSigningSecretKey`, a secret: it is taken out here, at the border, so that
 * nothing further in can leak it.
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

/** The items of a dataset: whatever JSON the Actor pushed. */
export const datasetItemsSchema = z.array(z.unknown());
