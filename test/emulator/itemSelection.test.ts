import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "./support/checkResponses";
import { assertError, closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import type { TestEmulator } from "./support/emulator";

async function datasetOf(emulator: TestEmulator, items: unknown): Promise<string> {
  const { defaultDatasetId } = await emulator.startRun();
  const path = `/v2/datasets/${defaultDatasetId}/items`;
  assert.equal((await emulator.call(`POST ${path}`, { json: items })).status, 201);
  return path;
}

async function selected(items: unknown, query: string): Promise<unknown> {
  const emulator = await startTestEmulator();
  const path = await datasetOf(emulator, items);
  return JSON.parse((await emulator.call(`GET ${path}?${query}`)).text);
}

const search = {
  searchQuery: { term: "pizza", page: 1 },
  organicResults: [
    { title: "A", url: "a" },
    { title: "B", url: "b" },
  ],
  html: "<p>",
};

describe("unwind", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("makes an item of each element of an array, merged with its parent", async () => {
    assert.deepEqual(await selected({ id: 1, list: [{ a: 1 }, { id: 2 }] }, "unwind=list"), [
      { id: 1, a: 1 },
      { id: 2 },
    ]);
  });

  it("merges an object with its parent", async () => {
    assert.deepEqual(await selected({ foo: { bar: "hello" } }, "unwind=foo"), [{ bar: "hello" }]);
  });

  it("preserves items whose field is missing or neither an array nor an object", async () => {
    const items = [{ a: 1 }, { list: "text" }, { list: null }];
    assert.deepEqual(await selected(items, "unwind=list"), items);
  });

  it("unwinds fields in the given order, so that one may come out of another", async () => {
    const item = { posts: [{ id: 1, comments: [{ by: "x" }, { by: "y" }] }] };
    assert.deepEqual(await selected(item, "unwind=posts,comments"), [
      { id: 1, by: "x" },
      { id: 1, by: "y" },
    ]);
    assert.deepEqual(await selected(item, "unwind=comments,posts"), item.posts);
  });

  it("keeps an element that is no object under the name of its field", async () => {
    assert.deepEqual(await selected({ n: 1, tags: ["a", "b"] }, "unwind=tags"), [
      { n: 1, tags: "a" },
      { n: 1, tags: "b" },
    ]);
  });

  it("refuses to make millions of values of many items", async () => {
    const emulator = await startTestEmulator();
    const list = Array.from({ length: 300 }, () => 1);
    const items = Array.from({ length: 50 }, () => ({ a: list, b: list.slice(0, 100) }));
    const path = await datasetOf(emulator, items);
    assertError(await emulator.call(`GET ${path}?unwind=a,b`), 400, "invalid-value");
    assert.equal((await emulator.call(`GET ${path}?unwind=a,b&limit=1`)).status, 200);
  });

  it("refuses to make millions of cells of items with different fields", async () => {
    const emulator = await startTestEmulator();
    const items = Array.from({ length: 5_000 }, (_, number) => ({ [`field${number}`]: 1 }));
    const path = await datasetOf(emulator, items);
    assertError(await emulator.call(`GET ${path}?format=csv`), 400, "invalid-value");
    assert.equal((await emulator.call(`GET ${path}?format=csv&limit=100`)).status, 200);
  });

  it("refuses to make millions of values of one item", async () => {
    const emulator = await startTestEmulator();
    const list = Array.from({ length: 2000 }, () => 0);
    const path = await datasetOf(emulator, { a: list, b: list });
    assertError(await emulator.call(`GET ${path}?unwind=a,b`), 400, "invalid-value");
    assert.equal((await emulator.call(`GET ${path}?unwind=a&limit=1&fields=a`)).status, 200);
  });

  it("does not count in the page, and keeps the order of the elements with desc", async () => {
    const emulator = await startTestEmulator();
    const path = await datasetOf(emulator, [{ l: [1, 2] }, { l: [3, 4] }, { l: [5, 6] }]);
    const reply = await emulator.call(`GET ${path}?unwind=l&desc=1&offset=1&limit=1`);
    assert.deepEqual(JSON.parse(reply.text), [{ l: 3 }, { l: 4 }]);
    assert.equal(reply.headers.get("X-Apify-Pagination-Count"), "1");
    assert.equal(reply.headers.get("X-Apify-Pagination-Total"), "3");
  });
});

describe("flatten", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("replaces an object by its nested values, in its place", async () => {
    const item = { n: 1, foo: { bar: "hello", deep: { x: [1], none: {} } }, z: 2 };
    const [flat] = (await selected(item, "flatten=foo")) as [object];
    assert.deepEqual(Object.entries(flat), [
      ["n", 1],
      ["foo.bar", "hello"],
      ["foo.deep.x", [1]],
      ["foo.deep.none", {}],
      ["z", 2],
    ]);
  });

  it("leaves other values as they are", async () => {
    const items = [{ foo: [1] }, { foo: "text" }, { bar: 1 }];
    assert.deepEqual(await selected(items, "flatten=foo"), items);
  });

  it("flattens what was unwound", async () => {
    assert.deepEqual(await selected({ l: [{ at: { x: 1 } }] }, "unwind=l&flatten=at"), [
      { "at.x": 1 },
    ]);
  });
});

describe("fields", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("sorts the fields as it names them", async () => {
    const [item] = (await selected({ a: 1, b: 2, c: 3 }, "fields=c,x,a")) as [object];
    assert.deepEqual(Object.keys(item), ["c", "a"]);
  });

  it("may name a field that is unwound or flattened, and keeps all that comes out of it", async () => {
    const query = "fields=searchQuery,organicResults&unwind=organicResults";
    const { searchQuery } = search;
    assert.deepEqual(await selected(search, query), [
      { searchQuery, title: "A", url: "a" },
      { searchQuery, title: "B", url: "b" },
    ]);
    assert.deepEqual(await selected(search, "fields=searchQuery&flatten=searchQuery"), [
      { "searchQuery.term": "pizza", "searchQuery.page": 1 },
    ]);
  });

  it("may name what comes out of a field that is unwound or flattened", async () => {
    const query = "unwind=organicResults&flatten=searchQuery&fields=url,searchQuery.term";
    assert.deepEqual(await selected(search, query), [
      { url: "a", "searchQuery.term": "pizza" },
      { url: "b", "searchQuery.term": "pizza" },
    ]);
  });

  it("are renamed by outputFields, which must match them", async () => {
    assert.deepEqual(await selected({ a: 1, b: 2 }, "fields=a,b&outputFields=x,y"), [
      { x: 1, y: 2 },
    ]);
    const emulator = await startTestEmulator();
    const path = await datasetOf(emulator, []);
    const get = (query: string): ReturnType<TestEmulator["call"]> =>
      emulator.call(`GET ${path}?${query}`);
    assertError(await get("fields=a,b&outputFields=x"), 400, "parameters-mismatched");
    assertError(await get("outputFields=x"), 400, "parameter-required");
  });
});

describe("omit", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("omits what was unwound or flattened, and nested fields", async () => {
    assert.deepEqual(await selected(search, "unwind=organicResults&omit=html,url,searchQuery"), [
      { title: "A" },
      { title: "B" },
    ]);
    assert.deepEqual(
      await selected(search, "flatten=searchQuery&omit=searchQuery.page,html,organicResults"),
      [{ "searchQuery.term": "pizza" }],
    );
    assert.deepEqual(await selected({ a: { b: { c: 1, d: 2 } } }, "omit=a.b.c,a.x,y.z"), [
      { a: { b: { d: 2 } } },
    ]);
  });
});

describe("the other parameters of items", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("skip empty items last, and hidden fields wherever they come from", async () => {
    const items = [{ l: [{ "#x": 1 }, { y: 1 }] }, {}];
    assert.deepEqual(await selected(items, "unwind=l&clean=1"), [{ y: 1 }]);
  });

  it("simplify the items of an old crawler, and skip its failed pages", async () => {
    const page = { url: "u", pageFunctionResult: [{ a: 1 }, { a: 2 }], depth: 3 };
    const failed = { url: "f", errorInfo: "no" };
    assert.deepEqual(await selected([page, failed], "simplified=1"), [
      { url: "u", a: 1 },
      { url: "u", a: 2 },
      failed,
    ]);
    assert.deepEqual(await selected([page, failed], "skipFailedPages=1"), [page]);
  });

  it("treat fields as data, whatever their names", async () => {
    const item = '{"__proto__":{"x":1},"constructor":{"y":2},"l":[{"__proto__":3}]}';
    const emulator = await startTestEmulator();
    const path = await datasetOf(emulator, []);
    const headers = { "Content-Type": "application/json" };
    await emulator.call(`POST ${path}`, { body: item, headers });
    const { text } = await emulator.call(
      `GET ${path}?unwind=l&flatten=constructor&omit=toString,hasOwnProperty.x&format=jsonl`,
    );
    assert.equal(text, '{"__proto__":3,"constructor.y":2}\n');
  });
});
