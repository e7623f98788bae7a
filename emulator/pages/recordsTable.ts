import { html } from "./html";
import { storePath } from "./paths";
import type { KeyValueStore } from "../state/storage";
import type { Html } from "./html";

const bytesPerKilobyte = 1000;

/** A page of the records of a key-value store. */
export function recordsTable(
  store: KeyValueStore,
  { offset, limit }: { offset: number; limit: number },
): Html {
  const keys = store.sortedKeys.slice(offset, offset + limit);
  if (keys.length === 0) return html`<p class="empty">No records.</p>`;
  return html`<div class="scroll" role="region" aria-label="Records" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">Type</th>
          <th scope="col" class="number">Size</th>
        </tr>
      </thead>
      <tbody>
        ${keys.map((key) => recordRow(store, key))}
      </tbody>
    </table>
  </div>`;
}

function recordRow(store: KeyValueStore, key: string): Html {
  const record = store.records.get(key);
  return html`<tr>
    <th scope="row"><a href="${recordPath(store.id, key)}">${key}</a></th>
    <td>${record?.contentType}</td>
    <td class="number">${sizeText(record?.body.length ?? 0)}</td>
  </tr>`;
}

/** The page of a record. */
function recordPath(storeId: string, key: string): string {
  return `${storePath(storeId)}/records/${encodeURIComponent(key)}`;
}

/** The address of a record as a file. */
export function recordFilePath(storeId: string, key: string): string {
  return `${recordPath(storeId, key)}/file`;
}

/** A size in bytes, kilobytes or megabytes. */
export function sizeText(bytes: number): string {
  if (bytes < bytesPerKilobyte) return `${bytes} B`;
  const kilobytes = bytes / bytesPerKilobyte;
  return kilobytes < bytesPerKilobyte
    ? `${kilobytes.toFixed(1)} kB`
    : `${(kilobytes / bytesPerKilobyte).toFixed(1)} MB`;
}
