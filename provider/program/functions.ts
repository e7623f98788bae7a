import * as pulumi from "@pulumi/pulumi";
import { messageOf, RequestError } from "../apify/errors";
import { lines, message } from "../apify/message";
import { ProviderError } from "../resources/errors";
import { mockedCall } from "./mocks";
import { programClient } from "./programClient";
import { programError } from "./programError";
import { userMessage } from "../resources/userMessage";
import type { DatasetItemsQuery } from "../apify/types/datasetItemsQuery";

/** How to read. */
export interface ReadOptions<Value = unknown> {
  /** The name of an entry of `apify:accounts`. Default: the account of `apify:token`. */
  readonly account?: string;
  /**
   * What to return when the dataset or store does not exist, because Apify has deleted it after the
   * account's retention period, say. Default: the deployment fails.
   */
  readonly ifGone?: Value;
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
 * @param options With which account, and what to return when there is no such dataset (any more).
 * Source: https://docs.apify.com/api/v2/dataset-items-get
 */
export function datasetItems<Item = Record<string, unknown>>(
  datasetId: pulumi.Input<string>,
  query: DatasetItemsQuery = {},
  options: ReadOptions<Item[]> = {},
): pulumi.Output<Item[]> {
  const client = programClient(options.account);
  return pulumi.output(datasetId).apply((id: string | undefined) =>
    reading(options, async () => {
      const mocked = await mockedCall("datasetItems", { datasetId: id, ...query });
      if (mocked !== undefined) return (mocked.items ?? []) as Item[];
      const dataset = required(id, "dataset");
      return client().getDatasetItems(dataset, query, showingPauses) as Promise<Item[]>;
    }),
  );
}

/**
 * One record of a key-value store, read each time the program runs; unknown in a preview in which
 * the store's id is. JSON comes parsed, everything else as text; `undefined` if there is no such record.
 *
 * @param storeId The id of the store, as `TaskRun.defaultKeyValueStoreId` gives it.
 * @param key The key of the record, for instance `OUTPUT`.
 * @param options With which account, and what to return when there is no such store (any more).
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
      reading(options, async () => {
        const mocked = await mockedCall("keyValueStoreRecord", { storeId: id, key: name });
        if (mocked !== undefined) return mocked.value as Value | undefined;
        const store = required(id, "key-value store");
        const record = await client().getRecord(store, name, showingPauses);
        if (record === undefined) return undefined;
        const isJson = /^application\/([\w.-]+\+)?json\b/.test(record.contentType);
        return (isJson ? parseRecord(store, name, record.text) : record.text) as Value;
      }),
    );
}

/** Shows beside the stack why a read has no answer yet, and for how long it is tried. */
const showingPauses = {
  onPause: (reason: string): void => {
    void pulumi.log.info(message`waiting for Apify: ${reason}`, undefined, undefined, true);
  },
};

/** An output of another stack that is not there is `undefined`, whatever its type says. */
function required(id: string | undefined, what: string): string {
  if (typeof id === "string" && id !== "") return id;
  throw new ProviderError(
    message`There is no id of a ${what} to read. If it is an output of another stack, see that this stack exports it: \`requireOutput\` fails where \`getOutput\` gives undefined.`,
  );
}

function parseRecord(storeId: string, key: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProviderError(
      message`Record "${key}" of key-value store ${storeId} has a JSON content type, but it is not valid JSON. Have the Actor write JSON, or another content type.`,
    );
  }
}

/** Reads, and gives every error to the program as its message alone. */
async function reading<T>(options: ReadOptions<T>, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const isGone = error instanceof RequestError && error.kind === "notFound";
    if (isGone && "ifGone" in options) return options.ifGone;
    throw programError(lines(userMessage(error) ?? messageOf(error), isGone ? gone : undefined));
  }
}

const gone = message`Apify deletes the data of a run after the account's retention period. To collect it again, set onExpired: "rerun" on the TaskRun and run \`pulumi up --refresh\`; to go on without it, say with the option ifGone what to return.`;
