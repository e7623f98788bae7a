import assert from "node:assert/strict";
import { assertError, closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";

describe("a key-value store", () => {
  closeEmulatorsAfterEach();

  it("returns records without an envelope and with their type", async () => {
    const emulator = await startTestEmulator();
    const { defaultKeyValueStoreId: id } = await emulator.startRun();
    const record = `/v2/key-value-stores/${id}/records`;
    const put = await emulator.call(`PUT ${record}/page.html`, {
      body: "<b>ü</b>",
      headers: { "Content-Type": "text/html; charset=utf-8" },
    });
    assert.equal(put.status, 201);
    await emulator.call(`PUT ${record}/OUTPUT`, { json: { sum: 6 } });
    const bytes = new Uint8Array([0, 255]);
    await emulator.call(`PUT ${record}/bytes`, { body: bytes });
    const page = await emulator.call(`GET ${record}/page.html`);
    assert.equal(page.text, "<b>ü</b>");
    assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
    assert.deepEqual(JSON.parse((await emulator.call(`GET ${record}/OUTPUT`)).text), { sum: 6 });
    assert.equal(emulator.record(id, "page.html"), "<b>ü</b>");
    assert.deepEqual(emulator.record(id, "OUTPUT"), { sum: 6 });
    assert.deepEqual(emulator.record(id, "bytes"), Buffer.from(bytes));
    assert.equal(emulator.record(id, "none"), undefined);
  });

  it("deletes records, lists keys in pages and shows its run", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    const store = `/v2/key-value-stores/${run.defaultKeyValueStoreId}`;
    for (const key of ["B", "A", "C"]) {
      await emulator.call(`PUT ${store}/records/${key}`, { json: 1 });
    }
    assert.equal((await emulator.call(`DELETE ${store}/records/C`)).status, 204);
    const page = async (query: string): Promise<[string[], unknown, unknown]> => {
      const { data } = await emulator.call(`GET ${store}/keys${query}`);
      const keys = (data.items as { key: string }[]).map(({ key }) => key);
      return [keys, data.isTruncated, data.nextExclusiveStartKey];
    };
    assert.deepEqual(await page(""), [["A", "B", "INPUT"], false, null]);
    assert.deepEqual(await page("?limit=2"), [["A", "B"], true, "B"]);
    assert.deepEqual(await page("?exclusiveStartKey=B"), [["INPUT"], false, null]);
    const { data } = await emulator.call(`GET ${store}`);
    assert.equal(data.actRunId, run.id);
    const missing = await emulator.call(`GET ${store}/records/C`);
    assertError(missing, 404, "record-not-found");
    assert.equal(missing.error.message, "Record was not found");
    const elsewhere = await emulator.call("GET /v2/key-value-stores/none/records/C");
    assertError(elsewhere, 404, "record-not-found");
    assert.equal(elsewhere.error.message, "Key-value Store was not found");
  });

  it("refuses a key with characters that Apify does not allow", async () => {
    const emulator = await startTestEmulator();
    const { defaultKeyValueStoreId: id } = await emulator.startRun();
    const reply = await emulator.call(`PUT /v2/key-value-stores/${id}/records/a%20b`, { json: 1 });
    assertError(reply, 400, "invalid-record-key");
  });

  it("can be deleted, and is not visible to other accounts", async () => {
    const emulator = await startTestEmulator();
    const { defaultKeyValueStoreId: id } = await emulator.startRun();
    const path = `/v2/key-value-stores/${id}`;
    const input = `GET ${path}/records/INPUT`;
    assertError(await emulator.call(input, { token: "john-token" }), 404, "record-not-found");
    assert.equal((await emulator.call(`DELETE ${path}`)).status, 204);
    assertError(await emulator.call(`GET ${path}`), 404, "record-not-found");
  });
});
