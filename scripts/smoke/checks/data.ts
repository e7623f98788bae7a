import { inWords, secs } from "../api";
import { isData, shown, textAt } from "../json";
import { same } from "../same";
import { must, needs } from "../verdict";
import type { Call } from "../api";
import type { Check } from "../check";
import type { Scene } from "../scene";

/** Seconds within which Apify's counters and items show what was written. */
const lagSecs = 15;

const items = [
  { smoke: 1, tags: [{ tag: "a" }, { tag: "b" }], "#hidden": 1 },
  { smoke: 2, tags: [{ tag: "c" }] },
  { smoke: 3, tags: [{ tag: "d" }] },
];

/** The path of the run's dataset, with the items above at its end. */
async function filledDataset({ api, endedRun, within }: Scene): Promise<string> {
  const path = `/v2/datasets/${textAt(await endedRun(), "defaultDatasetId")}`;
  const newest = async (): Promise<unknown> =>
    (await api.call(`GET ${path}/items`, { query: { format: "json", limit: 3, desc: true } })).json;
  if (same(await newest(), [...items].reverse())) return path;
  const pushed = await api.call(`POST ${path}/items`, { json: items });
  needs(pushed.status < 300, `items could not be written: ${inWords(pushed)}`);
  const found = await within(lagSecs, async () => {
    const read = await newest();
    return Array.isArray(read) && read.some((item) => isData(item) && item.smoke === 3)
      ? read
      : undefined;
  });
  needs(found !== undefined, `the items cannot be read within ${lagSecs} s`);
  return path;
}

/** Queries for the last three items, and what they must give. */
const queries: readonly (readonly [Call["query"], unknown])[] = [
  [{ desc: true, limit: 3, fields: "smoke" }, [{ smoke: 3 }, { smoke: 2 }, { smoke: 1 }]],
  [{ desc: true, limit: 1, offset: 1, omit: "tags" }, [{ smoke: 2 }]],
  [{ desc: true, limit: 1, unwind: "tags" }, [{ smoke: 3, tag: "d" }]],
  [
    { desc: true, limit: 1, offset: 2, clean: true },
    [{ smoke: 1, tags: [{ tag: "a" }, { tag: "b" }] }],
  ],
];

/** Checks of the data of a run. */
export const dataChecks: readonly Check[] = [
  {
    id: "dataset-items",
    assumption: "D1",
    title: "The items of a dataset are a JSON array without an envelope",
    run: async (scene) => {
      const path = await filledDataset(scene);
      const reply = await scene.api.call(`GET ${path}/items`, { query: { format: "json" } });
      must(reply.status === 200, inWords(reply));
      must(Array.isArray(reply.json), `the body is ${shown(reply.json)}`);
      must(same(reply.json.slice(-3), items), `the last items are ${shown(reply.json.slice(-3))}`);
      return `${reply.json.length} items`;
    },
  },
  {
    id: "dataset-query",
    assumption: "D2",
    title: "limit, offset, desc, fields, omit, unwind and clean select items and fields",
    run: async (scene) => {
      const path = `GET ${await filledDataset(scene)}/items`;
      for (const [query = {}, wanted] of queries) {
        const { json } = await scene.api.call(path, { query: { format: "json", ...query } });
        must(same(json, wanted), `${shown(query)} gives ${shown(json)}`);
      }
      return `${queries.length} queries`;
    },
  },
  {
    id: "item-count",
    assumption: "D3",
    title: `itemCount of a dataset is right within ${lagSecs} s`,
    run: async (scene) => {
      const path = await filledDataset(scene);
      const all = await scene.api.call(`GET ${path}/items`, { query: { format: "json" } });
      const count = Array.isArray(all.json) ? all.json.length : 0;
      const seen: unknown[] = [];
      const found = await scene.within(lagSecs, async () => {
        const { data } = await scene.api.call(`GET ${path}`);
        seen.push(data.itemCount);
        return data.itemCount === count ? true : undefined;
      });
      must(found !== undefined, `of ${count} items, it counts ${shown(seen.at(-1))}`);
      return `${count} items, after ${secs(found.secs * 1000)}`;
    },
  },
  {
    id: "record-read",
    assumption: "D4",
    title: "A record of a key-value store is read as it was written, with its Content-Type",
    run: async ({ api, endedRun }) => {
      const store = textAt(await endedRun(), "defaultKeyValueStoreId");
      const path = `/v2/key-value-stores/${store}/records/smoke`;
      const written = await api.call(`PUT ${path}`, { json: { smoke: 1 } });
      needs(written.status < 300, `it could not be written: ${inWords(written)}`);
      const read = await api.call(`GET ${path}`);
      must(read.status === 200, inWords(read));
      const contentType = read.headers["content-type"] ?? "";
      must(/^application\/json\b/.test(contentType), `Content-Type is ${shown(contentType)}`);
      must(same(read.json, { smoke: 1 }), `the body is ${shown(read.text)}`);
      return contentType;
    },
  },
  {
    id: "record-missing",
    assumption: "D5",
    title: "A record that does not exist is answered with 404, while its store is not",
    run: async ({ api, endedRun }) => {
      const store = `GET /v2/key-value-stores/${textAt(await endedRun(), "defaultKeyValueStoreId")}`;
      const record = await api.call(`${store}/records/no-such-record`);
      must(record.status === 404, `the record: ${inWords(record)}`);
      const itself = await api.call(store);
      must(itself.status === 200, `the store: ${inWords(itself)}`);
      return inWords(record);
    },
  },
  {
    id: "usage",
    assumption: "D6",
    title: "A run that has ended says what it cost, in usageTotalUsd",
    run: async ({ api, endedRun, within }) => {
      const path = `GET /v2/actor-runs/${textAt(await endedRun(), "id")}`;
      const found = await within(lagSecs, async () => {
        const { usageTotalUsd } = (await api.call(path)).data;
        return typeof usageTotalUsd === "number" ? usageTotalUsd : undefined;
      });
      must(found !== undefined, `after ${lagSecs} s, the run has no usageTotalUsd`);
      return `${found.value} USD`;
    },
  },
];
