import { html } from "./html";
import { isRasterImage } from "./pageAnswers";
import { shortened } from "./values";
import { visibleJson } from "./visibleText";
import type { StoredRecord } from "../state/storage";
import type { Html } from "./html";

const maxShownChars = 200_000;

/** What a record contains: text, JSON and markup as text, and only raster images as images. */
export function recordView(
  { contentType, body }: StoredRecord,
  { key, file }: { key: string; file: string },
): Html {
  if (isRasterImage(contentType)) return html`<img class="record" src="${file}" alt="${key}" />`;
  if (body.length === 0) return html`<p class="empty">It is empty.</p>`;
  if (/json/i.test(contentType)) return block(jsonText(body));
  if (/^text\/|xml|javascript|csv|svg/i.test(contentType)) return block(body.toString("utf8"));
  return html`<p class="empty">It is not text, so it is not shown here.</p>`;
}

function block(text: string): Html {
  return html`<pre class="json" tabindex="0">${shortened(text, maxShownChars)}</pre>`;
}

function jsonText(body: Buffer): string {
  const text = body.toString("utf8");
  try {
    return visibleJson(JSON.parse(text));
  } catch {
    return text;
  }
}
