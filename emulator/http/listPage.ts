import { booleanParam, limitParam, wholeParam } from "./query";

const maxPageItems = 1000;

/** One page of a list, in Apify's format. */
export interface ListPage {
  total: number;
  offset: number;
  limit: number;
  count: number;
  desc: boolean;
  items: unknown[];
}

/** The page that a query selects from a list, which is sorted oldest first. */
export function listPageOf<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  view: (item: Item) => unknown,
): ListPage {
  const offset = wholeParam(query, "offset") ?? 0;
  const limit = limitParam(query, { max: maxPageItems });
  const desc = booleanParam(query, "desc") ?? false;
  const total = items.length;
  const selected = desc
    ? items.slice(Math.max(0, total - offset - limit), Math.max(0, total - offset)).reverse()
    : items.slice(offset, offset + limit);
  const page = selected.map(view);
  return { total, offset, limit, count: page.length, desc, items: page };
}
