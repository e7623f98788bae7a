import { bytes, json } from "../http/answer";
import { ApiError, invalidValue } from "../http/errors";
import { booleanParam, limitParam, numberParam } from "../http/query";
import { toCsv } from "./csv";
import { itemSelectionOf, selectFrom } from "./itemSelection";
import type { Answer } from "../http/answer";
import type { JsonObject } from "../json";
import type { Dataset, StoredItem } from "../state/storage";

/** The value of Apify's pagination header if the query has no limit. */
const noLimit = 999_999_999_999;

/** The items that a query selects, in its format and without an envelope. */
export function itemsAnswer({ items }: Dataset, query: URLSearchParams): Answer {
  if (query.has("view")) throw new ApiError("dataset-does-not-have-schema");
  const offset = numberParam(query, "offset") ?? 0;
  const limit = limitParam(query, { max: noLimit });
  const desc = booleanParam(query, "desc") ?? false;
  const page = (desc ? pageFromEnd : pageFromStart)(items, { offset, limit });
  const headers = {
    "X-Apify-Pagination-Offset": String(offset),
    "X-Apify-Pagination-Limit": String(limit),
    // Like the page itself, it takes no notice of what is skipped or unwound.
    "X-Apify-Pagination-Count": String(page.length),
    "X-Apify-Pagination-Total": String(items.length),
    "X-Apify-Pagination-Desc": String(desc),
    ...(booleanParam(query, "attachment") === true ? { "Content-Disposition": "attachment" } : {}),
  };
  const selection = itemSelectionOf(query);
  const selected = selectFrom(
    page.map(({ value }) => value),
    selection,
  );
  return formatted(selected, query, headers);
}

interface Range {
  readonly offset: number;
  readonly limit: number;
}

function pageFromStart(items: readonly StoredItem[], { offset, limit }: Range): StoredItem[] {
  return items.slice(offset, offset + limit);
}

function pageFromEnd(items: readonly StoredItem[], { offset, limit }: Range): StoredItem[] {
  const end = Math.max(0, items.length - Math.floor(offset));
  return items.slice(Math.max(0, end - Math.floor(limit)), end).reverse();
}

function formatted(
  items: readonly JsonObject[],
  query: URLSearchParams,
  headers: Record<string, string>,
): Answer {
  const format = query.get("format") ?? "json";
  switch (format) {
    case "json":
      return json(200, items, headers);
    case "jsonl": {
      const lines = items.map((item) => `${JSON.stringify(item)}\n`).join("");
      return bytes(Buffer.from(lines), "application/jsonl; charset=utf-8", { headers });
    }
    case "csv": {
      const text = toCsv(items, {
        delimiter: query.get("delimiter") ?? ",",
        bom: booleanParam(query, "bom") ?? true,
        skipHeaderRow: booleanParam(query, "skipHeaderRow") ?? false,
      });
      return bytes(Buffer.from(text), "text/csv; charset=utf-8", { headers });
    }
    default:
      throw invalidValue(
        `The emulator supports the formats json, jsonl and csv, but not "${format}"`,
      );
  }
}
