import * as pulumi from "@pulumi/pulumi";
import { ApifyError } from "../apify/errors";
import { lines, message } from "../apify/message";
import { TaskRunError } from "../lifecycle/errors";
import { programClient } from "./programClient";
import { userMessage } from "./userMessage";
import type { DatasetItemsQuery } from "../apify/client";

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
  return pulumi
    .output(datasetId)
    .apply((id) =>
      reading(
        () => programClient(account).getDatasetItems(id, query, showingPauses) as Promise<Item[]>,
      ),
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
  return pulumi.all([storeId, key]).apply<Value | undefined>(([id, name]) =>
    reading(async () => {
      const record = await programClient(account).getRecord(id, name, showingPauses);
      if (record === undefined) return undefined;
      const isJson = /^application\/([\w.-]+\+)?json\b/.test(record.contentType);
      return (isJson ? parseRecord(id, name, record.text) : record.text) as Value;
    }),
  );
}

/** Shows beside the stack why a read has no answer yet, and for how long it is tried. */
const showingPauses = {
  onPause: (reason: string): void => {
    void pulumi.log.info(message`waiting for Apify: ${reason}`, undefined, undefined, true);
  },
};

function parseRecord(storeId: string, key: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TaskRunError(
      message`The record "${key}" of key-value store ${storeId} is said to be JSON, and is not. Have the Actor write JSON, or another content type.`,
    );
  }
}

/** An error that is the user's to mend is shown without the stack of this package. */
async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const shown = userMessage(error);
    if (shown === undefined) throw error;
    const isGone = error instanceof ApifyError && error.status === 404;
    throw new pulumi.RunError(isGone ? lines(shown, gone) : shown);
  }
}

const gone = message`If it was the data of a run, Apify may have deleted it after the account's retention period; \`pulumi up --replace <urn>\` runs the task again.`;
