import assert from "node:assert/strict";
import { inspect } from "node:util";
import { datasetItemsSchema, datasetSchema } from "../../../../provider/apify/schemas/dataset";

describe("the schema of a dataset", () => {
  const dataset = {
    id: "d1",
    name: null,
    itemCount: 3,
    cleanItemCount: 2,
    createdAt: "2026-01-01T00:00:00.000Z",
    modifiedAt: "2026-01-01T00:00:00.000Z",
    consoleUrl: "https://console.apify.com/storage/datasets/d1",
  };

  it("reads a dataset, unknown fields included", () => {
    assert.equal(JSON.stringify(datasetSchema.parse(dataset)), JSON.stringify(dataset));
  });

  it("takes its signing secret out", () => {
    const parsed = datasetSchema.parse({ ...dataset, urlSigningSecretKey: "top secret" });
    assert.equal(parsed.urlSigningSecretKey, undefined);
    assert.equal(JSON.stringify(parsed), JSON.stringify(dataset));
    assert.ok(!inspect(parsed, { showHidden: true, depth: Infinity }).includes("top secret"));
  });

  it("drops what is not of its type, and keeps what is around it", () => {
    const odd = { ...dataset, id: 5, name: [], itemCount: "3" };
    const { id, name, itemCount, ...rest } = dataset;
    assert.deepEqual([id, name, itemCount], ["d1", null, 3]);
    assert.equal(JSON.stringify(datasetSchema.parse(odd)), JSON.stringify(rest));
  });
});

describe("the schema of dataset items", () => {
  it("reads whatever an Actor pushed", () => {
    const items = [{ a: null }, 1, "x", [], null];
    assert.deepEqual(datasetItemsSchema.parse(items), items);
    assert.deepEqual(datasetItemsSchema.parse([]), []);
  });

  it("insists on a list", () => {
    assert.equal(datasetItemsSchema.safeParse({ items: [] }).success, false);
  });
});
