import { ok, stored } from "../http/answer";
import { invalidValue } from "../http/errors";
import { jsonBody } from "../http/request";
import { isObject } from "../json";
import { chargeItems } from "../runs/charge";
import { itemCounts, pushItems } from "../state/datasetItems";
import { itemsAnswer } from "./datasetItems";
import { collectionRoutes } from "./storageCollections";
import { commonEndpoints, storageRoutes } from "./storageEndpoints";
import { storageView } from "./storageViews";
import { contentSignature, isContentSignature } from "./urlSignature";
import type { Answer } from "../http/answer";
import type { ApiRequest } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { Dataset } from "../state/storage";

const pushesPerSecond = 400;

/** /v2/datasets, and the dataset of a run */
export function datasetRoutes(state: EmulatorState): Route[] {
  const view = (dataset: Dataset): unknown => datasetView(state, dataset);
  const readItems = {
    path: "/items",
    handle: (dataset: Dataset, { query }: ApiRequest) => itemsAnswer(dataset, query),
    isSigned: (dataset: Dataset, { query }: ApiRequest) =>
      isContentSignature(dataset, query.get("signature"), state.clock.now()),
  };
  return [
    ...collectionRoutes(state, "datasets", {
      view,
      listItem: (dataset) => listItem(state, dataset),
    }),
    ...storageRoutes(state, "datasets", [
      ...commonEndpoints(state, "datasets", view),
      // Apify has statistics of the fields in the dataset's schema, which no dataset has here.
      { method: "GET", path: "/statistics", handle: () => ok({ fieldStatistics: null }) },
      { method: "GET", ...readItems },
      { method: "HEAD", ...readItems },
      {
        method: "POST",
        path: "/items",
        handle: (dataset, request) => push(state, dataset, request),
        rateLimit: pushesPerSecond,
      },
    ]),
  ];
}

function push(state: EmulatorState, dataset: Dataset, request: ApiRequest): Answer {
  const items = [jsonBody(request)].flat();
  if (!items.every(isObject)) {
    throw invalidValue("Items must be a JSON object or an array of JSON objects");
  }
  pushItems(state, dataset, items);
  chargeItems(state, dataset, items.length);
  return stored();
}

function listItem(state: EmulatorState, dataset: Dataset): object {
  const { itemCount, cleanItemCount, storageBytes } = itemCounts(state, dataset);
  return {
    ...storageView(state, "datasets", dataset),
    itemCount,
    cleanItemCount,
    stats: { readCount: 0, writeCount: dataset.items.length, deleteCount: 0, storageBytes },
  };
}

function datasetView(state: EmulatorState, dataset: Dataset): unknown {
  const signature = contentSignature(dataset);
  return {
    ...listItem(state, dataset),
    fields: itemCounts(state, dataset).fields,
    schema: null,
    itemsPublicUrl: `${state.url}/v2/datasets/${dataset.id}/items?signature=${signature}`,
    urlSigningSecretKey: dataset.urlSigningSecretKey,
  };
}
