import { booleanParam, numberParam } from "./query";

const maxPageItems = 1000;

/** One page of a list, in Apify's format. */
export interface Page {
  total: number;
  offset: number;
  limit: number;
  count: number;
  desc: boolean;
  items: unknown[];
}

/** The page that a query selects from a list, which is sorted oldest first. */
export function pageOf<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  view: (item: Item) => unknown,
): Page {
  const offset = numberParam(query, "offset") ?? 0;
  const limit = Math.min(numberParam(query, "limit") ?? maxPageItems, maxPageItems);
  const desc = booleanParam(query, "desc") ?? false;
  const total = items.length;
  const selected = desc
    ? items.slice(Math.max(0, total - offset - limit), Math.max(0, total - offset)).reverse()
    : items.slice(offset, offset + limit);
  const page = selected.map(view);
  return { total, offset, limit, count: page.length, desc, items: page };
}
