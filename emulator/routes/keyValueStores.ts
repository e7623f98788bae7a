import { recordEndpoints } from "./records";
import { collectionRoutes } from "./storageCollections";
import { commonEndpoints, storageRoutes } from "./storageEndpoints";
import { storageView } from "./storageViews";
import { contentSignature } from "./urlSignature";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { KeyValueStore } from "../state/storage";

/** /v2/key-value-stores, and the key-value store of a run */
export function keyValueStoreRoutes(state: EmulatorState): Route[] {
  const view = (store: KeyValueStore): unknown => storeView(state, store);
  const listItem = (store: KeyValueStore): unknown => storeListItem(state, store);
  return [
    ...collectionRoutes(state, "keyValueStores", { view, listItem }),
    ...storageRoutes(state, "keyValueStores", [
      ...commonEndpoints(state, "keyValueStores", view),
      ...recordEndpoints(state),
    ]),
  ];
}

function storeListItem(state: EmulatorState, store: KeyValueStore): object {
  const { writeCount, deleteCount, storageBytes } = store;
  return {
    ...storageView(state, "keyValueStores", store),
    stats: { readCount: 0, writeCount, deleteCount, listCount: 0, storageBytes },
  };
}

function storeView(state: EmulatorState, store: KeyValueStore): object {
  const url = `${state.url}/v2/key-value-stores/${store.id}`;
  return {
    ...storeListItem(state, store),
    schema: null,
    keysPublicUrl: `${url}/keys?signature=${contentSignature(store)}`,
    urlSigningSecretKey: store.urlSigningSecretKey,
  };
}
