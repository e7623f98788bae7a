import { bytes, json } from "../http/answer";
import { invalidValue } from "../http/errors";
import { booleanParam, listParam, numberParam } from "../http/query";
import { toCsv } from "./csv";
import type { Answer } from "../http/answer";
import type { JsonObject } from "../json";

/** The value of Apify's pagination header if the query has no limit. */
const noLimit = 999_999_999_999;

/** The items that a query selects, in its format and without an envelope. */
export function itemsAnswer(all: readonly JsonObject[], query: URLSearchParams): Answer {
  const offset = numberParam(query, "offset") ?? 0;
  const limit = numberParam(query, "limit") ?? noLimit;
  const desc = booleanParam(query, "desc") ?? false;
  // Empty items are skipped after the page was cut, so a page may have fewer items than its limit.
  const sorted = desc ? [...all].reverse() : all;
  const items = selectFields(sorted.slice(offset, offset + limit), query);
  const headers = {
    "X-Apify-Pagination-Offset": String(offset),
    "X-Apify-Pagination-Limit": String(limit),
    "X-Apify-Pagination-Count": String(items.length),
    "X-Apify-Pagination-Total": String(all.length),
    "X-Apify-Pagination-Desc": String(desc),
  };
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

/** Whether an item has only hidden fields, whose names begin with "#". */
export function isEmptyItem(item: JsonObject): boolean {
  return Object.keys(item).every(isHidden);
}

function isHidden(field: string): boolean {
  return field.startsWith("#");
}

function selectFields(items: readonly JsonObject[], query: URLSearchParams): JsonObject[] {
  const clean = booleanParam(query, "clean") ?? false;
  const skipHidden = booleanParam(query, "skipHidden") ?? clean;
  const skipEmpty = booleanParam(query, "skipEmpty") ?? clean;
  const fields = listParam(query, "fields");
  const omit = new Set(listParam(query, "omit"));
  return items
    .map((item) => {
      const kept = (fields ?? Object.keys(item)).filter(
        (field) =>
          Object.hasOwn(item, field) && !omit.has(field) && !(skipHidden && isHidden(field)),
      );
      return Object.fromEntries(kept.map((field) => [field, item[field]]));
    })
    .filter((item) => !skipEmpty || Object.keys(item).length > 0);
}
