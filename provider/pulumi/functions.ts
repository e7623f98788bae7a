import * as pulumi from "@pulumi/pulumi";
import type { ApifyClient, DatasetItemsQuery } from "../apify/client";

/**
 * The items of a dataset, read each time the program runs; unknown in a preview in which the
 * dataset's id is. An answer larger than 256 MiB is an error: ask for less with `limit` and `fields`.
 *
 * ```ts
 * const items = apify.datasetItems(prices.defaultDatasetId, { limit: 10, fields: ["title"] });
 * ```
 *
 * @param datasetId The id of the dataset, as `TaskRun.defaultDatasetId` gives it.
 * @param query Which items, and which fields of them. Default: all.
 * Source: https://docs.apify.com/api/v2/dataset-items-get
 */
export function datasetItems<Item = Record<string, unknown>>(
  datasetId: pulumi.Input<string>,
  query: DatasetItemsQuery = {},
): pulumi.Output<Item[]> {
  return pulumi
    .output(datasetId)
    .apply(async (id) => (await programClient()).getDatasetItems(id, query) as Promise<Item[]>);
}

/**
 * One record of a key-value store, read each time the program runs; unknown in a preview in which
 * the store's id is. JSON comes parsed, everything else as text; `undefined` if there is no such record.
 *
 * @param storeId The id of the store, as `TaskRun.defaultKeyValueStoreId` gives it.
 * @param key The key of the record, for instance `OUTPUT`.
 * Source: https://docs.apify.com/api/v2/key-value-store-record-get
 */
export function keyValueStoreRecord<Value = unknown>(
  storeId: pulumi.Input<string>,
  key: pulumi.Input<string>,
): pulumi.Output<Value | undefined> {
  return pulumi.all([storeId, key]).apply(async ([id, name]) => {
    const record = await (await programClient()).getRecord(id, name);
    if (record === undefined) return undefined;
    const isJson = /^application\/([\w.-]+\+)?json\b/.test(record.contentType);
    return (isJson ? JSON.parse(record.text) : record.text) as Value;
  }) as pulumi.Output<Value | undefined>;
}

let shared: Promise<ApifyClient> | undefined;

/** Loads the client only in programs that read data: it is not needed to declare resources. */
function programClient(): Promise<ApifyClient> {
  shared ??= (async () => {
    const [{ createApifyClient }, { systemClock }, { readConfig }, { userAgent }] =
      await Promise.all([
        import("../apify/client"),
        import("../apify/clock"),
        import("./config"),
        import("./userAgent"),
      ]);
    // `pulumi.Config` would mark what comes of a secret as a secret too, and so hide the data.
    const config = readConfig({
      config: (key) => pulumi.runtime.getConfig(key),
      environment: (name) => process.env[name],
    });
    return createApifyClient({ ...config, userAgent, clock: systemClock });
  })();
  return shared;
}
