import * as pulumi from "@pulumi/pulumi";
import { messageOf } from "../apify/errors";
import { message } from "../apify/message";
import { readDatasetItems, readRecord } from "../resources/data/readData";
import { mockedCall } from "./mocks";
import { programClient } from "./programClient";
import { programError } from "./programError";
import { userMessage } from "../resources/userMessage";
import type { DatasetItemsQuery } from "../apify/types/datasetItemsQuery";

/** With which account to read, and what to return for deleted data. */
export interface ReadOptions<Value = unknown> {
  /** The name of an entry in `apify:accounts`. Default: the account of `apify:token`. */
  readonly account?: string;
  /**
   * The value to return when the dataset or store does not exist, for example because Apify has deleted it
   * after the account's retention period. Default: none, and the deployment fails.
   */
  readonly ifGone?: Value;
}

/**
 * Reads the items of a dataset each time the program runs. In a preview they are unknown if the dataset's id
 * is. The deployment fails if the response is larger than 256 MiB: use `limit` and `fields` to read less.
 *
 * ```ts
 * const items = apify.datasetItems(prices.defaultDatasetId, { limit: 10, fields: ["title"] });
 * ```
 *
 * @param datasetId The id of the dataset, such as `TaskRun.defaultDatasetId`.
 * @param query Which items to read, and which of their fields. Default: all.
 * @param options The account to read with, and the value to return if the dataset does not exist.
 * Source: https://docs.apify.com/api/v2/dataset-items-get
 */
export function datasetItems<Item = Record<string, unknown>>(
  datasetId: pulumi.Input<string>,
  query: DatasetItemsQuery = {},
  options: ReadOptions<Item[]> = {},
): pulumi.Output<Item[]> {
  const client = programClient(options.account);
  return pulumi.output(datasetId).apply((id: string | undefined) =>
    reading(async () => {
      const mocked = await mockedCall("datasetItems", { datasetId: id, ...query });
      if (mocked !== undefined) return (mocked.items ?? []) as Item[];
      const more = { ...options, ...showingPauses };
      return (await readDatasetItems("datasetItems", client, id, query, more)) as Item[];
    }),
  );
}

/**
 * Reads a record of a key-value store each time the program runs. In a preview it is unknown if the store's
 * id is. A record with a JSON content type is parsed, any other is text; `undefined` if the store has no
 * such record.
 *
 * @param storeId The id of the store, such as `TaskRun.defaultKeyValueStoreId`.
 * @param key The key of the record, such as `OUTPUT`.
 * @param options The account to read with, and the value to return if the store does not exist.
 * Source: https://docs.apify.com/api/v2/key-value-store-record-get
 */
export function keyValueStoreRecord<Value = unknown>(
  storeId: pulumi.Input<string>,
  key: pulumi.Input<string>,
  options: ReadOptions<Value | undefined> = {},
): pulumi.Output<Value | undefined> {
  const client = programClient(options.account);
  return pulumi
    .all([storeId, key])
    .apply<Value | undefined>(([id, name]: [string | undefined, string]) =>
      reading(async () => {
        const mocked = await mockedCall("keyValueStoreRecord", { storeId: id, key: name });
        if (mocked !== undefined) return mocked.value as Value | undefined;
        const more = { ...options, ...showingPauses };
        return (await readRecord("keyValueStoreRecord", client, id, name, more)) as Value;
      }),
    );
}

/** Shows, at the stack, why a read has no response yet and how long it will be retried. */
const showingPauses = {
  onPause: (reason: string): void => {
    void pulumi.log.info(message`waiting for Apify: ${reason}`, undefined, undefined, true);
  },
};

/** Runs a read, and converts every error to one that shows only its message. */
async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw programError(userMessage(error) ?? messageOf(error));
  }
}
