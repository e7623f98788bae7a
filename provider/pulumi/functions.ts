import * as pulumi from "@pulumi/pulumi";
import { ApifyError, messageOf } from "../apify/errors";
import { TaskRunError } from "../lifecycle/errors";
import { mockedCall } from "./mocks";
import { programClient } from "./programClient";
import { programError } from "./programError";
import { userMessage } from "./userMessage";
import type { DatasetItemsQuery } from "../apify/types/datasetItemsQuery";

/** How to read. */
export interface ReadOptions {
  /** The name of an entry of `apify:accounts`. Default: the account of `apify:token`. */
  readonly account?: string;
}

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
 * @param options With which account.
 * Source: https://docs.apify.com/api/v2/dataset-items-get
 */
export function datasetItems<Item = Record<string, unknown>>(
  datasetId: pulumi.Input<string>,
  query: DatasetItemsQuery = {},
  { account }: ReadOptions = {},
): pulumi.Output<Item[]> {
  const client = programClient(account);
  return pulumi.output(datasetId).apply((id: string | undefined) =>
    reading(async () => {
      const mocked = await mockedCall("datasetItems", { datasetId: id, ...query });
      if (mocked !== undefined) return (mocked.items ?? []) as Item[];
      return client().getDatasetItems(required(id, "dataset"), query) as Promise<Item[]>;
    }),
  );
}

/**
 * One record of a key-value store, read each time the program runs; unknown in a preview in which
 * the store's id is. JSON comes parsed, everything else as text; `undefined` if there is no such record.
 *
 * @param storeId The id of the store, as `TaskRun.defaultKeyValueStoreId` gives it.
 * @param key The key of the record, for instance `OUTPUT`.
 * @param options With which account.
 * Source: https://docs.apify.com/api/v2/key-value-store-record-get
 */
export function keyValueStoreRecord<Value = unknown>(
  storeId: pulumi.Input<string>,
  key: pulumi.Input<string>,
  { account }: ReadOptions = {},
): pulumi.Output<Value | undefined> {
  const client = programClient(account);
  return pulumi
    .all([storeId, key])
    .apply<Value | undefined>(([id, name]: [string | undefined, string]) =>
      reading(async () => {
        const mocked = await mockedCall("keyValueStoreRecord", { storeId: id, key: name });
        if (mocked !== undefined) return mocked.value as Value | undefined;
        const store = required(id, "key-value store");
        const record = await client().getRecord(store, name);
        if (record === undefined) return undefined;
        const isJson = /^application\/([\w.-]+\+)?json\b/.test(record.contentType);
        return (isJson ? parseRecord(store, name, record.text) : record.text) as Value;
      }),
    );
}

/** An output of another stack that is not there is `undefined`, whatever its type says. */
function required(id: string | undefined, what: string): string {
  if (typeof id === "string" && id !== "") return id;
  throw new TaskRunError(
    `There is no id of a ${what} to read. If it is an output of another stack, see that this stack exports it: \`requireOutput\` fails where \`getOutput\` gives undefined.`,
  );
}

function parseRecord(storeId: string, key: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TaskRunError(
      `The record "${key}" of key-value store ${storeId} is said to be JSON, and is not. Have the Actor write JSON, or another content type.`,
    );
  }
}

/** Every error reaches the program as its message alone. */
async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const message = userMessage(error) ?? messageOf(error);
    const isGone = error instanceof ApifyError && error.status === 404;
    throw programError(isGone ? `${message}\n${gone}` : message);
  }
}

const gone =
  "If it was the data of a run, Apify may have deleted it after the account's retention period; `pulumi up --replace <urn>` runs the task again.";
