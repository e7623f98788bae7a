import { message } from "../apify/message";
import { ProviderError } from "../resources/errors";
import { readDatasetItems, readRecord } from "../resources/data/readData";
import type { DatasetItemsQuery } from "../apify/types/datasetItemsQuery";
import type { Account } from "../resources/account";
import type { Properties } from "../engine/operations";

/** The arguments of both functions. */
interface Arguments extends DatasetItemsQuery {
  readonly account?: string;
  readonly ifGone?: unknown;
  readonly datasetId?: string;
  readonly storeId?: string;
  readonly key?: string;
}

/** Calls the function with this token. Throws a `ProviderError` that says what to do. */
export async function invoke(
  account: (name?: string) => Account,
  token: string,
  args: Properties,
): Promise<Properties> {
  const { account: name, ifGone, datasetId, storeId, key = "", ...query } = args as Arguments;
  const client = () => account(name).client;
  const options = ifGone === undefined ? {} : { ifGone };
  switch (token) {
    case "apify:index:getDatasetItems":
      return {
        items: await readDatasetItems("getDatasetItems", client, datasetId, query, options),
      };
    case "apify:index:getKeyValueStoreRecord":
      return { value: await readRecord("getKeyValueStoreRecord", client, storeId, key, options) };
    default:
      throw new ProviderError(message`pulumi-apify has no function ${token}.`);
  }
}
