import { message } from "../apify/message";
import { ProviderError } from "../resources/errors";
import { readDatasetItems, readRecord } from "../resources/data/readData";
import type { DatasetItemsQuery } from "../apify/types/datasetItemsQuery";
import type { Account } from "../resources/account";
import type { Properties } from "../engine/operations";

/** The arguments that both functions have. */
interface CommonArguments {
  readonly account?: string;
  readonly ifGone?: unknown;
}

interface ItemsArguments extends CommonArguments, DatasetItemsQuery {
  readonly datasetId?: string;
}

interface RecordArguments extends CommonArguments {
  readonly storeId?: string;
  readonly key?: string;
}

/** Calls the function with this token. Throws a `ProviderError` that says what to do. */
export async function invoke(
  account: (name?: string) => Account,
  token: string,
  args: Properties,
): Promise<Properties> {
  switch (token) {
    case "apify:index:getDatasetItems": {
      const { datasetId, account: name, ifGone, ...query } = args as ItemsArguments;
      const client = () => account(name).client;
      const options = ifGone === undefined ? {} : { ifGone };
      return {
        items: await readDatasetItems("getDatasetItems", client, datasetId, query, options),
      };
    }
    case "apify:index:getKeyValueStoreRecord": {
      const { storeId, key = "", account: name, ifGone } = args as RecordArguments;
      const client = () => account(name).client;
      const options = ifGone === undefined ? {} : { ifGone };
      const value = await readRecord("getKeyValueStoreRecord", client, storeId, key, options);
      return value === undefined ? {} : { record: { value } };
    }
    default:
      throw new ProviderError(message`pulumi-apify has no function ${token}.`);
  }
}
