import { noContent, ok, stored } from "../http/answer";
import { invalidValue } from "../http/errors";
import { jsonBody } from "../http/request";
import { route } from "../http/router";
import { isObject } from "../json";
import { chargeItems } from "../runs/charge";
import { pushItems } from "../state/storages";
import { isEmptyItem, itemsAnswer } from "./datasetItems";
import { findStorage, storageView } from "./storages";
import type { Answer } from "../http/answer";
import type { AuthorizedRequest } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { Dataset } from "../state/entities";

const pushesPerSecond = 400;

/** /v2/datasets */
export function datasetRoutes(state: EmulatorState): Route[] {
  return [
    route("GET /v2/datasets/:id", (request) => ok(datasetView(state, datasetOf(state, request)))),
    route("DELETE /v2/datasets/:id", (request) => {
      state.datasets.delete(datasetOf(state, request).id);
      return noContent();
    }),
    route("GET /v2/datasets/:id/items", (request) => {
      const { items } = datasetOf(state, request);
      return itemsAnswer(
        items.map(({ value }) => value),
        request.query,
      );
    }),
    route("POST /v2/datasets/:id/items", (request) => push(state, request), {
      rateLimit: pushesPerSecond,
    }),
  ];
}

function push(state: EmulatorState, request: AuthorizedRequest): Answer {
  const dataset = datasetOf(state, request);
  const items = [jsonBody(request)].flat();
  if (!items.every(isObject)) {
    throw invalidValue("Items must be a JSON object or an array of JSON objects");
  }
  pushItems(state, dataset, items);
  const entry = state.runs.get(dataset.runId);
  if (entry !== undefined) chargeItems(state, entry, items.length);
  return stored();
}

function datasetOf(state: EmulatorState, request: AuthorizedRequest): Dataset {
  return findStorage(state, request, { among: state.datasets, called: "Dataset" });
}

function datasetView(state: EmulatorState, dataset: Dataset): unknown {
  const visibleSince = state.clock.now() - state.settings.itemCountLagMillis;
  const counted = dataset.items.filter(({ at }) => at <= visibleSince);
  const storageBytes = Buffer.byteLength(JSON.stringify(counted));
  return {
    ...storageView(dataset, "datasets"),
    itemCount: counted.length,
    cleanItemCount: counted.filter(({ value }) => !isEmptyItem(value)).length,
    fields: [...new Set(counted.flatMap(({ value }) => Object.keys(value)))],
    schema: null,
    stats: { readCount: 0, writeCount: dataset.items.length, deleteCount: 0, storageBytes },
    itemsPublicUrl: `${state.url}/v2/datasets/${dataset.id}/items`,
    urlSigningSecretKey: dataset.urlSigningSecretKey,
  };
}
