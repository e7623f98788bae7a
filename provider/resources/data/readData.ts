import { messageOf, RequestError } from "../../apify/errors";
import { lines, message } from "../../apify/message";
import { ProviderError } from "../errors";
import { userMessage } from "../userMessage";
import type { ApifyClient } from "../../apify/client";
import type { RetryOptions } from "../../apify/apiRequest";
import type { Message } from "../../apify/message";
import type { DatasetItemsQuery } from "../../apify/types/datasetItemsQuery";

/** A function that reads data of a run, as the user calls it; for errors. */
export type Caller =
  "datasetItems" | "getDatasetItems" | "keyValueStoreRecord" | "getKeyValueStoreRecord";

/** What to return when the dataset or store does not exist. Default: an error. */
export interface IfGone<Value = unknown> {
  readonly ifGone?: Value;
}

/** The items of a dataset. Throws a `ProviderError` that says what to do. */
export async function readDatasetItems(
  caller: Caller,
  client: () => ApifyClient,
  datasetId: string | undefined,
  query: DatasetItemsQuery,
  options: IfGone & RetryOptions,
): Promise<unknown> {
  return reading(caller, options, () =>
    client().getDatasetItems(required(datasetId, caller, "dataset"), query, options),
  );
}

/** A record of a key-value store: parsed if it is JSON, else as text; `undefined` if there is none. Throws a `ProviderError` that says what to do. */
export async function readRecord(
  caller: Caller,
  client: () => ApifyClient,
  storeId: string | undefined,
  key: string,
  options: IfGone & RetryOptions,
): Promise<unknown> {
  return reading(caller, options, async () => {
    const store = required(storeId, caller, "key-value store");
    const record = await client().getRecord(store, key, options);
    if (record === undefined) return undefined;
    const isJson = /^application\/([\w.-]+\+)?json\b/.test(record.contentType);
    return isJson ? parseRecord(store, key, record.text) : record.text;
  });
}

/** Returns the id; throws if it is missing. A missing output of another stack is `undefined`, whatever its type says. */
function required(id: string | undefined, caller: Caller, what: string): string {
  if (typeof id === "string" && id !== "") return id;
  throw new ProviderError(
    message`\`${caller}\` was called without the id of a ${what}. If the id is an output of another stack, check that this stack exports it: \`getOutput\` returns undefined for a missing output, and \`requireOutput\` fails.`,
  );
}

function parseRecord(storeId: string, key: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProviderError(
      message`Record "${key}" of key-value store ${storeId} has a JSON content type, but its content is not valid JSON. Change the Actor so that it writes valid JSON, or sets another content type.`,
    );
  }
}

async function reading(
  caller: Caller,
  options: IfGone,
  read: () => Promise<unknown>,
): Promise<unknown> {
  try {
    return await read();
  } catch (error) {
    const isGone = error instanceof RequestError && error.kind === "notFound";
    if (isGone && "ifGone" in options) return options.ifGone;
    throw new ProviderError(
      lines(userMessage(error) ?? messageOf(error), isGone ? goneAdvice(caller) : undefined),
    );
  }
}

function goneAdvice(caller: Caller): Message {
  return message`Apify deletes a run's data after the account's retention period. To collect it again, set \`onExpired: "rerun"\` on the TaskRun and run \`pulumi up --refresh\`. To continue without it, set the option \`ifGone\` of \`${caller}\` to the value to return.`;
}
