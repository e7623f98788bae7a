import { html } from "./html";
import type { Html } from "./html";
import type { PageRequest } from "./pageRequest";

/** Links to the pages before and after this one of a list. */
export function pager(
  { pathname, query }: PageRequest,
  { offset, limit, total, shown }: { offset: number; limit: number; total: number; shown: number },
): Html | undefined {
  if (total <= limit && offset === 0) return undefined;
  const link = (to: number, text: string, id: string): Html => {
    const target = new URLSearchParams(query);
    target.delete("live");
    target.delete("done");
    if (to === 0) target.delete("offset");
    else target.set("offset", String(to));
    const search = target.size === 0 ? "" : `?${target.toString()}`;
    return html`<a class="button quiet" id="${id}" href="${pathname}${search}">${text}</a>`;
  };
  const range = shown === 0 ? "none" : `${offset + 1}–${offset + shown}`;
  return html`<nav class="pager" aria-label="Further pages">
    ${offset === 0 ? undefined : link(Math.max(0, offset - limit), "Previous", "previous-page")}
    <span>${range} of ${total}</span>
    ${offset + shown >= total ? undefined : link(offset + limit, "Next", "next-page")}
  </nav>`;
}
