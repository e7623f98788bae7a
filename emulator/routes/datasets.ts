import { noContent, ok, stored, type Answer } from "../http/answer";
import { invalidValue } from "../http/errors";
import { isObject, jsonBody, type AuthorizedRequest } from "../http/request";
import { route, type Route } from "../http/router";
import type { Platform } from "../platform";
import { chargeItems } from "../runs/charge";
import type { Dataset } from "../state/entities";
import { pushItems } from "../state/storages";
import { isEmptyItem, itemsAnswer } from "./datasetItems";
import { findStorage, storageView } from "./storages";

const pushesPerSecond = 400;

/** /v2/datasets */
export function datasetRoutes(platform: Platform): Route[] {
  return [
    route("GET /v2/datasets/:id", (request) =>
      ok(datasetView(platform, datasetOf(platform, request))),
    ),
    route("DELETE /v2/datasets/:id", (request) => {
      platform.datasets.delete(datasetOf(platform, request).id);
      return noContent();
    }),
    route("GET /v2/datasets/:id/items", (request) => {
      const { items } = datasetOf(platform, request);
      return itemsAnswer(
        items.map(({ value }) => value),
        request.query,
      );
    }),
    route("POST /v2/datasets/:id/items", (request) => push(platform, request), {
      rateLimit: pushesPerSecond,
    }),
  ];
}

function push(platform: Platform, request: AuthorizedRequest): Answer {
  const dataset = datasetOf(platform, request);
  const items = [jsonBody(request)].flat();
  if (!items.every(isObject)) {
    throw invalidValue("Items must be a JSON object or an array of JSON objects");
  }
  pushItems(platform, dataset, items);
  const entry = platform.runs.get(dataset.runId);
  if (entry !== undefined) chargeItems(platform, entry, items.length);
  return stored();
}

function datasetOf(platform: Platform, request: AuthorizedRequest): Dataset {
  return findStorage(platform, request, { among: platform.datasets, called: "Dataset" });
}

function datasetView(platform: Platform, dataset: Dataset): unknown {
  const visibleSince = platform.clock.now() - platform.behaviour.itemCountLagMillis;
  const counted = dataset.items.filter(({ at }) => at <= visibleSince);
  const storageBytes = Buffer.byteLength(JSON.stringify(counted));
  return {
    ...storageView(dataset, "datasets"),
    itemCount: counted.length,
    cleanItemCount: counted.filter(({ value }) => !isEmptyItem(value)).length,
    fields: [...new Set(counted.flatMap(({ value }) => Object.keys(value)))],
    schema: null,
    stats: { readCount: 0, writeCount: dataset.items.length, deleteCount: 0, storageBytes },
    itemsPublicUrl: `${platform.url}/v2/datasets/${dataset.id}/items`,
    urlSigningSecretKey: dataset.urlSigningSecretKey,
  };
}
