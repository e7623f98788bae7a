import assert from "node:assert/strict";
import { fakeClock } from "../../emulator";
import {
  assertError,
  closeEmulatorsAfterEach,
  startTestEmulator,
  withActor,
} from "./support/emulator";
import type { ActorContext } from "../../emulator";
import type { TestEmulator } from "./support/emulator";

const items = [{ n: 1, "#debug": { t: 1 } }, {}, { n: 3, deep: { list: [4, 'say "5"'] } }];

async function filledDataset(emulator: TestEmulator): Promise<string> {
  const { defaultDatasetId: id } = await emulator.startRun();
  await emulator.call(`POST /v2/datasets/${id}/items`, { json: items });
  return `/v2/datasets/${id}`;
}

describe("a dataset", () => {
  closeEmulatorsAfterEach();

  it("shows its counts, its run and its signing secret", async () => {
    const emulator = await startTestEmulator();
    const path = await filledDataset(emulator);
    const { data } = await emulator.call(`GET ${path}`);
    const [run] = emulator.runs();
    assert.deepEqual([data.itemCount, data.cleanItemCount], [3, 2]);
    assert.deepEqual([data.actRunId, data.actId], [run?.id, run?.actId]);
    assert.deepEqual(data.fields, ["n", "#debug", "deep"]);
    assert.match(String(data.urlSigningSecretKey), /^\w{20,}$/);
    assert.match(String(data.consoleUrl), /\/storage\/datasets\/\w{17}$/);
    assert.equal(data.name, null);
  });

  it("can count new items late, although they can be read already", async () => {
    const emulator = await startTestEmulator({ itemCountLagMillis: 5000 });
    const path = await filledDataset(emulator);
    const itemCount = async (): Promise<unknown> =>
      (await emulator.call(`GET ${path}`)).data.itemCount;
    emulator.clock.advance(4999);
    assert.equal(await itemCount(), 0);
    assert.deepEqual(JSON.parse((await emulator.call(`GET ${path}/items`)).text), items);
    emulator.clock.advance(1);
    assert.equal(await itemCount(), 3);
    await emulator.call(`POST ${path}/items`, { json: { late: 1 } });
    const { data } = await emulator.call(`GET ${path}`);
    assert.deepEqual([data.itemCount, data.cleanItemCount], [3, 2]);
    assert.deepEqual(data.fields, ["n", "#debug", "deep"]);
    const bytes = items
      .map((item) => JSON.stringify(item).length)
      .reduce((sum, size) => sum + size);
    assert.equal((data.stats as { storageBytes: number }).storageBytes, bytes);
    emulator.clock.advance(5000);
    assert.equal(await itemCount(), 4);
  });

  it("counts no item before the items pushed earlier, even if the clock was set back", async () => {
    let now = 1_000_000;
    const clock = { ...fakeClock(), now: () => now };
    const emulator = await startTestEmulator({ clock, itemCountLagMillis: 1000 });
    const path = await filledDataset(emulator);
    now -= 500;
    await emulator.call(`POST ${path}/items`, { json: {} });
    now += 1499;
    assert.equal((await emulator.call(`GET ${path}`)).data.itemCount, 0);
    now += 1;
    assert.equal((await emulator.call(`GET ${path}`)).data.itemCount, 4);
  });

  it("stores items as JSON represents them", async () => {
    const run = ({ pushData }: ActorContext): Promise<void> => {
      pushData({ at: new Date(0), none: undefined, list: [undefined] });
      return Promise.resolve();
    };
    const emulator = await startTestEmulator({ declaration: withActor({ run }) });
    const ended = emulator.whenRun(({ status }) => status === "SUCCEEDED");
    const { defaultDatasetId } = await emulator.startRun();
    emulator.clock.advance(0);
    await ended;
    const stored = [{ at: "1970-01-01T00:00:00.000Z", list: [null] }];
    assert.deepEqual(emulator.dataset(defaultDatasetId), stored);
  });

  it("accepts one item or an array of items, and nothing else", async () => {
    const emulator = await startTestEmulator();
    const { defaultDatasetId: id } = await emulator.startRun();
    const path = `POST /v2/datasets/${id}/items`;
    assert.equal((await emulator.call(path, { json: { n: 1 } })).status, 201);
    assert.equal((await emulator.call(path, { json: [{ n: 2 }, { n: 3 }] })).status, 201);
    assertError(await emulator.call(path, { json: [{ n: 4 }, 5] }), 400, "invalid-value");
    assertError(await emulator.call(path), 400, "invalid-value");
    assert.deepEqual(emulator.dataset(id), [{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it("returns its items without an envelope, with pagination headers", async () => {
    const emulator = await startTestEmulator();
    const path = await filledDataset(emulator);
    const whole = await emulator.call(`GET ${path}/items`);
    assert.deepEqual(JSON.parse(whole.text), items);
    const page = ({ headers }: typeof whole): (string | null)[] =>
      ["Offset", "Limit", "Count", "Total"].map((name) =>
        headers.get(`X-Apify-Pagination-${name}`),
      );
    assert.deepEqual(page(whole), ["0", "999999999999", "3", "3"]);
    const middle = await emulator.call(`GET ${path}/items?offset=1&limit=1`);
    assert.deepEqual(JSON.parse(middle.text), [{}]);
    assert.deepEqual(page(middle), ["1", "1", "1", "3"]);
    const last = await emulator.call(`GET ${path}/items?desc=1&limit=1`);
    assert.deepEqual(JSON.parse(last.text), [items[2]]);
    const queries = [
      ["?desc=1&offset=1", [items[1], items[0]]],
      ["?desc=1&offset=2&limit=5", [items[0]]],
      ["?desc=1&offset=9", []],
      ["?offset=3", []],
      ["?limit=0", items],
    ] as const;
    for (const [query, expected] of queries) {
      const { text } = await emulator.call(`GET ${path}/items${query}`);
      assert.deepEqual(JSON.parse(text), expected, query);
    }
    assertError(await emulator.call(`GET ${path}/items?offset=-1`), 400, "invalid-value");
  });

  it("answers HEAD with the pagination headers only", async () => {
    const emulator = await startTestEmulator();
    const path = await filledDataset(emulator);
    const { status, headers, text } = await emulator.call(`HEAD ${path}/items?limit=2`);
    assert.deepEqual([status, text], [200, ""]);
    assert.equal(headers.get("X-Apify-Pagination-Count"), "2");
    assert.equal(headers.get("X-Apify-Pagination-Total"), "3");
  });

  it("omits fields and items on request", async () => {
    const emulator = await startTestEmulator();
    const path = await filledDataset(emulator);
    const get = async (query: string): Promise<unknown> =>
      JSON.parse((await emulator.call(`GET ${path}/items?${query}`)).text);
    assert.deepEqual(await get("clean=true"), [{ n: 1 }, items[2]]);
    assert.deepEqual(await get("skipHidden=1"), [{ n: 1 }, {}, items[2]]);
    assert.deepEqual(await get("skipEmpty=1"), [items[0], items[2]]);
    assert.deepEqual(await get("fields=n"), [{ n: 1 }, {}, { n: 3 }]);
    assert.deepEqual(await get("omit=n,deep&clean=1"), []);
    assert.deepEqual(await get("fields=n,deep&omit=deep&skipEmpty=1"), [{ n: 1 }, { n: 3 }]);
  });

  it("returns JSON Lines", async () => {
    const emulator = await startTestEmulator();
    const path = await filledDataset(emulator);
    const reply = await emulator.call(`GET ${path}/items?format=jsonl&fields=n`);
    assert.equal(reply.headers.get("content-type"), "application/jsonl; charset=utf-8");
    assert.equal(reply.text, '{"n":1}\n{}\n{"n":3}\n');
  });

  it("returns CSV, with columns for nested values", async () => {
    const emulator = await startTestEmulator();
    const path = await filledDataset(emulator);
    const url = `${emulator.url}${path}/items?format=csv&clean=1`;
    const response = await fetch(url, { headers: { Authorization: "Bearer jane-token" } });
    assert.equal(response.headers.get("content-type"), "text/csv; charset=utf-8");
    const text = Buffer.from(await response.arrayBuffer()).toString("utf8");
    assert.equal(text, '\uFEFFn,deep/list/0,deep/list/1\n1,,\n3,4,"say ""5"""\n');
    const plain = await emulator.call(
      `GET ${path}/items?format=csv&fields=n&bom=0&skipHeaderRow=1&delimiter=;`,
    );
    assert.equal(plain.text, "1\n\n3\n");
  });

  it("refuses a format that the emulator does not support", async () => {
    const emulator = await startTestEmulator();
    const path = await filledDataset(emulator);
    for (const format of ["xml", "html", "rss", "xlsx", "toString"]) {
      const reply = await emulator.call(`GET ${path}/items?format=${format}`);
      assertError(reply, 400, "invalid-value");
      assert.match(reply.error.message, /json, jsonl and csv/);
    }
    const view = await emulator.call(`GET ${path}/items?view=overview`);
    assertError(view, 400, "dataset-does-not-have-schema");
  });

  it("offers its items as a file on request", async () => {
    const emulator = await startTestEmulator();
    const path = await filledDataset(emulator);
    const disposition = async (query: string): Promise<string | null> =>
      (await emulator.call(`GET ${path}/items${query}`)).headers.get("Content-Disposition");
    assert.equal(await disposition("?attachment=1"), "attachment");
    assert.equal(await disposition(""), null);
  });

  it("shares its items by a signed URL, and nothing else", async () => {
    const emulator = await startTestEmulator();
    const path = await filledDataset(emulator);
    const { data } = await emulator.call(`GET ${path}`);
    const url = String(data.itemsPublicUrl).replace(emulator.url, "");
    const nobody = { token: null };
    assert.deepEqual(JSON.parse((await emulator.call(`GET ${url}`, nobody)).text), items);
    const signature = url.split("?")[1] ?? "";
    for (const asked of [
      `GET ${path}?${signature}`,
      `POST ${path}/items?${signature}`,
      `GET ${path}/items?signature=`,
      `GET ${path}/items?${signature.slice(0, -1)}`,
      `GET ${path}/items?signature=${Buffer.from("0.1.x").toString("base64url")}`,
    ]) {
      assertError(await emulator.call(asked, nobody), 401, "token-not-provided");
    }
  });

  it("can be deleted, and is not visible to other accounts", async () => {
    const emulator = await startTestEmulator();
    const path = await filledDataset(emulator);
    const stranger = { token: "john-token" };
    for (const asked of [`GET ${path}`, `GET ${path}/items`, `DELETE ${path}`]) {
      assertError(await emulator.call(asked, stranger), 404, "record-not-found");
      assertError(await emulator.call(asked, { token: null }), 401, "token-not-provided");
    }
    assert.equal((await emulator.call(`DELETE ${path}`)).status, 204);
    assertError(await emulator.call(`GET ${path}`), 404, "record-not-found");
  });
});
