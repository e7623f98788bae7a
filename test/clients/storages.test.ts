import assert from "node:assert/strict";
import { ApifyClient, DownloadItemsFormat } from "apify-client";
import { checkResponsesOfSuite } from "../emulator/support/checkResponses";
import { closeEmulatorsAfterEach, startTestEmulator } from "../emulator/support/emulator";
import type { TestEmulator } from "../emulator/support/emulator";

function clientOf({ url }: TestEmulator): ApifyClient {
  return new ApifyClient({ baseUrl: url, publicBaseUrl: url, token: "jane-token", maxRetries: 0 });
}

async function start(): Promise<{ emulator: TestEmulator; client: ApifyClient }> {
  const emulator = await startTestEmulator();
  return { emulator, client: clientOf(emulator) };
}

const get = async (url: string): Promise<unknown> => {
  const response = await fetch(url);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return JSON.parse(text);
};

describe("the dataset client of apify-client", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("gets or creates a dataset by its name, lists it, updates it and deletes it", async () => {
    const { client } = await start();
    const created = await client.datasets().getOrCreate("shop-items");
    const again = await client.datasets().getOrCreate("shop-items");
    assert.equal(again.id, created.id);
    const listed = await client.datasets().list({ limit: 10, desc: true });
    assert.deepEqual([listed.total, listed.items[0]?.id], [1, created.id]);

    const byName = client.dataset("janedoe/shop-items");
    const updated = await byName.update({ name: "renamed", title: "Renamed" });
    assert.deepEqual([updated.id, updated.name, updated.title], [created.id, "renamed", "Renamed"]);
    assert.equal(await byName.get(), undefined);
    await client.dataset("~renamed").delete();
    assert.equal(await client.dataset(created.id).get(), undefined);
  });

  it("pushes items, and lists and downloads them", async () => {
    const { client } = await start();
    const { id } = await client.datasets().getOrCreate();
    const dataset = client.dataset<Record<string, unknown>>(id);
    await dataset.pushItems({ n: 1, "#log": "x" });
    await dataset.pushItems([{}, { n: 2, at: { city: "Prague" } }]);

    const page = await dataset.listItems({ offset: 1, limit: 1, desc: true });
    assert.deepEqual([page.total, page.offset, page.limit, page.desc], [3, 1, 1, true]);
    assert.deepEqual(page.items, [{}]);
    const clean = await dataset.listItems({ clean: true, fields: ["n", "at"], flatten: ["at"] });
    assert.deepEqual(clean.items, [{ n: 1 }, { n: 2, "at.city": "Prague" }]);
    const all: unknown[] = [];
    for await (const item of dataset.listItems({ chunkSize: 2 })) all.push(item);
    assert.equal(all.length, 3);

    const csv = await dataset.downloadItems(DownloadItemsFormat.CSV, { bom: false, fields: ["n"] });
    assert.equal(csv.toString(), "n\n1\n\n2\n");
    const lines = await dataset.downloadItems(DownloadItemsFormat.JSONL, { skipEmpty: true });
    assert.equal(lines.toString().split("\n").length, 3);
    await assert.rejects(dataset.downloadItems(DownloadItemsFormat.XLSX), /not "xlsx"/);
  });

  it("gets the counts of a dataset, and its statistics", async () => {
    const { client } = await start();
    const { id } = await client.datasets().getOrCreate("counted");
    await client.dataset(id).pushItems([{ a: 1 }, { b: 2 }]);
    const info = await client.dataset(id).get();
    assert.deepEqual([info?.itemCount, info?.cleanItemCount], [2, 2]);
    assert.equal(info?.createdAt.toISOString(), "2026-01-01T00:00:00.000Z");
    assert.deepEqual(await client.dataset(id).getStatistics(), { fieldStatistics: null });
  });

  it("makes public URLs, which expire", async () => {
    const { emulator, client } = await start();
    const { id } = await client.datasets().getOrCreate();
    await client.dataset(id).pushItems([{ n: 1 }, { n: 2 }]);
    const url = await client.dataset(id).createItemsPublicUrl({ limit: 1 });
    assert.deepEqual(await get(url), [{ n: 1 }]);
    const expiring = await client.dataset(id).createItemsPublicUrl({ expiresInSecs: 60 });
    assert.deepEqual(await get(expiring), [{ n: 1 }, { n: 2 }]);
    emulator.clock.advance(Date.now() + 61_000 - emulator.clock.now());
    assert.equal((await fetch(expiring)).status, 401);
  });
});

describe("the key-value store client of apify-client", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("gets or creates a store by its name, lists it, updates it and deletes it", async () => {
    const { client } = await start();
    const { id } = await client.keyValueStores().getOrCreate("config");
    assert.equal((await client.keyValueStores().list()).items[0]?.id, id);
    const store = client.keyValueStore(id);
    const updated = await store.update({ name: "settings", title: "Settings" });
    assert.deepEqual([updated.name, updated.title], ["settings", "Settings"]);
    assert.equal((await client.keyValueStore("~settings").get())?.id, id);
    await store.delete();
    assert.equal(await store.get(), undefined);
  });

  it("sets, gets, finds, lists and deletes records", async () => {
    const { client } = await start();
    const store = client.keyValueStore((await client.keyValueStores().getOrCreate()).id);
    // The client sends a Buffer as it is; only its type does not say so.
    const bytes = Buffer.from([0, 255]);
    await store.setRecord({ key: "object", value: { a: [1] } });
    await store.setRecord({ key: "text", value: "ü" });
    await store.setRecord({ key: "bytes", value: bytes as unknown as string });
    await store.setRecord({ key: "page", value: "<b>", contentType: "text/html" });
    assert.deepEqual((await store.getRecord("object"))?.value, { a: [1] });
    assert.equal((await store.getRecord("text"))?.value, "ü");
    assert.deepEqual(
      (await store.getRecord("bytes", { buffer: true }))?.value,
      Buffer.from([0, 255]),
    );
    assert.match((await store.getRecord("page"))?.contentType ?? "", /^text\/html/);
    assert.equal(await store.getRecord("none"), undefined);
    assert.deepEqual(
      [await store.recordExists("text"), await store.recordExists("none")],
      [true, false],
    );

    const first = await store.listKeys({ limit: 2 });
    assert.deepEqual(
      first.items.map(({ key }) => key),
      ["bytes", "object"],
    );
    assert.deepEqual([first.isTruncated, first.nextExclusiveStartKey], [true, "object"]);
    const listed: string[] = [];
    for await (const { key } of store.listKeys({ prefix: "t" })) listed.push(key);
    assert.deepEqual(listed, ["text"]);

    await store.deleteRecord("text");
    await store.deleteRecord("text");
    assert.equal(await store.recordExists("text"), false);
  });

  it("makes public URLs of the keys and of one record", async () => {
    const { client } = await start();
    const store = client.keyValueStore((await client.keyValueStores().getOrCreate()).id);
    await store.setRecord({ key: "a", value: 1 });
    assert.equal(await get(await store.getRecordPublicUrl("a")), 1);
    const { data } = (await get(await store.createKeysPublicUrl())) as {
      data: { items: { recordPublicUrl: string }[] };
    };
    assert.equal(await get(data.items[0]?.recordPublicUrl ?? ""), 1);
  });
});

describe("the request queue client of apify-client", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("gets or creates a queue by its name, lists it, updates it and deletes it", async () => {
    const { client } = await start();
    const { id } = await client.requestQueues().getOrCreate("pages");
    assert.equal((await client.requestQueues().list()).items[0]?.id, id);
    const queue = client.requestQueue(id);
    const updated = await queue.update({ name: "urls" });
    assert.deepEqual([updated.name, updated.totalRequestCount], ["urls", 0]);
    await queue.delete();
    assert.equal(await queue.get(), undefined);
  });
});

describe("a run in apify-client", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("leads to its storages, and so does the last run of its task and of its Actor", async () => {
    const { emulator, client } = await start();
    const run = await emulator.startRun();
    await client.run(run.id).dataset().pushItems({ n: 1 });
    const runs = [
      client.run(run.id),
      client.task("janedoe/scrape").lastRun({ origin: "API" }),
      client.actor("janedoe/by-hand").lastRun({ status: "READY" }),
    ];
    for (const found of runs) {
      assert.deepEqual((await found.dataset().listItems()).items, [{ n: 1 }]);
      assert.deepEqual((await found.keyValueStore().getRecord("INPUT"))?.value, {});
      assert.equal((await found.requestQueue().get())?.id, run.defaultRequestQueueId);
    }
    const none = client.task("janedoe/scrape").lastRun({ status: "SUCCEEDED" });
    assert.equal(await none.dataset().get(), undefined);
  });
});
