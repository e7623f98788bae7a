import { notFound } from "../http/errors";
import { findStorage } from "../state/storages";
import { html } from "./html";
import { itemsTable } from "./itemsTable";
import { pageAnswer } from "./layout";
import { downloadAnswer } from "./pageAnswers";
import { offsetOf, page } from "./pageRequest";
import { pager } from "./pager";
import { recordView } from "./recordView";
import { recordFilePath, recordsTable, sizeText } from "./recordsTable";
import { runPath, storePath } from "./paths";
import type { Answer } from "../http/answer";
import type { EmulatorState } from "../state/emulatorState";
import type {
  KeyValueStore,
  Storage,
  StorageByKind,
  StorageKind,
  StoredRecord,
} from "../state/storage";
import type { Html } from "./html";
import type { PageRequest, PageRoute } from "./pageRequest";

const itemsOnPage = 25;
const recordsOnPage = 100;

const names: Readonly<Record<StorageKind, string>> = {
  datasets: "Dataset",
  keyValueStores: "Key-value store",
  requestQueues: "Request queue",
};

/** The pages of storages and records. */
export function storageRoutes(state: EmulatorState): PageRoute[] {
  const record = "/storage/key-value-stores/:id/records/:key";
  return [
    page("/storage/datasets/:id", (request) => datasetPage(state, request)),
    page("/storage/key-value-stores/:id", (request) => storePage(state, request)),
    page(record, (request) => recordPage(state, request)),
    page(`${record}/file`, (request) => {
      const { key, record } = recordOf(state, request);
      return downloadAnswer(state, record, key);
    }),
    page("/storage/request-queues/:id", (request) => {
      const queue = storageOf(state, "requestQueues", request);
      const main = html`${heading("Request queue", state, queue)}
        <p>The pages do not show request queues.</p>`;
      return pageAnswer(state, request, { title: "Request queue", main });
    }),
  ];
}

function datasetPage(state: EmulatorState, request: PageRequest): Answer {
  const dataset = storageOf(state, "datasets", request);
  const offset = offsetOf(request);
  const total = dataset.items.length;
  const shown = Math.max(0, Math.min(itemsOnPage, total - offset));
  const api = `/v2/datasets/${encodeURIComponent(dataset.id)}/items`;
  const main = html`${heading("Dataset", state, dataset)}
    <p>${total} items. Programs read them from <code>${api}</code>.</p>
    ${itemsTable(dataset, { offset, limit: itemsOnPage })}
    ${pager(request, { offset, limit: itemsOnPage, total, shown })}`;
  return pageAnswer(state, request, { title: `Dataset ${dataset.id}`, main });
}

function storePage(state: EmulatorState, request: PageRequest): Answer {
  const store = storageOf(state, "keyValueStores", request);
  const offset = offsetOf(request);
  const total = store.records.size;
  const shown = Math.max(0, Math.min(recordsOnPage, total - offset));
  const main = html`${heading("Key-value store", state, store)}
  ${recordsTable(store, { offset, limit: recordsOnPage })}
  ${pager(request, { offset, limit: recordsOnPage, total, shown })}`;
  return pageAnswer(state, request, { title: `Key-value store ${store.id}`, main });
}

function recordPage(state: EmulatorState, request: PageRequest): Answer {
  const { store, key, record } = recordOf(state, request);
  const file = recordFilePath(store.id, key);
  const main = html`<h1>Record <span class="id">${key}</span></h1>
    <p class="origin">
      In store <a class="id" href="${storePath(store.id)}">${store.id}</a> · ${record.contentType} ·
      ${sizeText(record.body.length)}
    </p>
    ${recordView(record, { key, file })}
    <p><a class="button quiet" href="${file}" download>Save as a file</a></p>`;
  return pageAnswer(state, request, { title: `Record ${key}`, main });
}

function heading(kind: string, state: EmulatorState, { id, name, runId }: Storage): Html {
  return html`<h1>${kind} <span class="id">${id}</span></h1>
    <p class="origin">
      ${name === null ? undefined : html`Named ${name} · `}${originOf(state, runId)}
    </p>`;
}

function originOf({ runs }: EmulatorState, runId: string | null): Html {
  if (runId === null) return html`Created through the API`;
  return runs.has(runId)
    ? html`Of run <a class="id" href="${runPath(runId)}">${runId}</a>`
    : html`Its run <span class="id">${runId}</span> was deleted.`;
}

function recordOf(
  state: EmulatorState,
  request: PageRequest,
): { store: KeyValueStore; key: string; record: StoredRecord } {
  const store = storageOf(state, "keyValueStores", request);
  const key = request.params.key ?? "";
  const record = store.records.get(key);
  if (record === undefined) throw notFound(`Record "${key}"`);
  return { store, key, record };
}

function storageOf<Kind extends StorageKind>(
  state: EmulatorState,
  kind: Kind,
  { params, user }: PageRequest,
): StorageByKind[Kind] {
  const reference = params.id ?? "";
  const storage = findStorage(state, kind, { reference, user });
  if (storage === undefined) throw notFound(`${names[kind]} "${reference}"`);
  return storage;
}
