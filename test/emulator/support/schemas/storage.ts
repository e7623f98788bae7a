import { z } from "zod";
import { count, dateTime, generalAccess, id } from "./common";

// `title` and `username` are in the types of apify-client; both are missing in some documents.
const commonFields = {
  id,
  name: z.string().nullish(),
  title: z.string().nullish(),
  userId: id,
  username: z.string().nullish(),
  createdAt: dateTime,
  modifiedAt: dateTime,
  accessedAt: dateTime,
  actId: id.nullish(),
  actRunId: id.nullish(),
  generalAccess: generalAccess.optional(),
};

/** The documents list unnamed storages too, although they type `name` in lists as a string. */
const listFields = { ...commonFields, username: z.string() };

const datasetFields = {
  itemCount: count,
  cleanItemCount: count,
  stats: z
    .strictObject({
      readCount: count.optional(),
      writeCount: count.optional(),
      // In the types of apify-client.
      deleteCount: count.optional(),
      storageBytes: count.optional(),
      inflatedBytes: count.optional(),
    })
    .optional(),
};

/** A dataset: https://docs.apify.com/api/v2/dataset-get */
export const dataset = z.strictObject({
  ...commonFields,
  ...datasetFields,
  fields: z.array(z.string()).nullish(),
  schema: z.record(z.string(), z.unknown()).nullish(),
  consoleUrl: z.url(),
  itemsPublicUrl: z.url().optional(),
  urlSigningSecretKey: z.string().nullish(),
});

/** A dataset in a list: https://docs.apify.com/api/v2/datasets-get */
export const datasetShort = z.strictObject({
  ...listFields,
  ...datasetFields,
  username: z.string().optional(),
});

/** The statistics of a dataset's fields: https://docs.apify.com/api/v2/dataset-statistics-get */
export const datasetStatistics = z.strictObject({
  fieldStatistics: z
    .record(
      z.string(),
      z.strictObject({
        min: z.number().nullish(),
        max: z.number().nullish(),
        nullCount: count.nullish(),
        emptyCount: count.nullish(),
      }),
    )
    .nullish(),
});

const storeFields = {
  ...commonFields,
  stats: z
    .strictObject({
      readCount: count.optional(),
      writeCount: count.optional(),
      deleteCount: count.optional(),
      listCount: count.optional(),
      s3StorageBytes: count.optional(),
      storageBytes: count.optional(),
    })
    .optional(),
};

/** A key-value store, also in a list: https://docs.apify.com/api/v2/key-value-store-get */
export const keyValueStore = z.strictObject({
  ...storeFields,
  consoleUrl: z.url().optional(),
  keysPublicUrl: z.url().optional(),
  recordsPublicUrl: z.url().optional(),
  schema: z.record(z.string(), z.unknown()).nullish(),
  urlSigningSecretKey: z.string().nullish(),
});

/** The keys of a store: https://docs.apify.com/api/v2/key-value-store-keys-get */
export const keys = z.strictObject({
  items: z.array(z.strictObject({ key: z.string(), size: count, recordPublicUrl: z.url() })),
  count,
  limit: count,
  exclusiveStartKey: z.string().nullish(),
  isTruncated: z.boolean(),
  nextExclusiveStartKey: z.string().nullish(),
});

const queueFields = {
  totalRequestCount: count,
  handledRequestCount: count,
  pendingRequestCount: count,
  hadMultipleClients: z.boolean(),
  stats: z
    .strictObject({
      deleteCount: count.optional(),
      headItemReadCount: count.optional(),
      readCount: count.optional(),
      storageBytes: count.optional(),
      writeCount: count.optional(),
    })
    .optional(),
};

/** A request queue: https://docs.apify.com/api/v2/request-queue-get */
export const requestQueue = z.strictObject({
  ...commonFields,
  ...queueFields,
  consoleUrl: z.url(),
});

/** A request queue in a list: https://docs.apify.com/api/v2/request-queues-get */
export const requestQueueShort = z.strictObject({
  ...listFields,
  ...queueFields,
  expireAt: dateTime.optional(),
});
