import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "./support/checkResponses";
import { assertError, closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";

describe("a key-value store", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

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

  it("stores a record with an empty type as bytes", async () => {
    const emulator = await startTestEmulator();
    const { defaultKeyValueStoreId: id } = await emulator.startRun();
    const path = `/v2/key-value-stores/${id}/records/x`;
    await emulator.call(`PUT ${path}`, { body: "x", headers: { "Content-Type": "" } });
    const { headers } = await emulator.call(`GET ${path}`);
    assert.equal(headers.get("content-type"), "application/octet-stream");
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
    assert.deepEqual(await page("?limit=0"), [["A", "B", "INPUT"], false, null]);
    for (const key of ["I1", "I2", "I3", "J"]) {
      await emulator.call(`PUT ${store}/records/${key}`, { json: 1 });
    }
    assert.deepEqual(await page("?prefix=I&limit=2"), [["I1", "I2"], true, "I2"]);
    const rest = await page("?prefix=I&limit=2&exclusiveStartKey=I2");
    assert.deepEqual(rest, [["I3", "INPUT"], false, null]);
    assert.deepEqual(await page("?prefix=I&exclusiveStartKey=J"), [[], false, null]);
    const collection = await emulator.call(`GET ${store}/keys?collection=x`);
    assertError(collection, 400, "invalid-value");
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
    const record = `/v2/key-value-stores/${id}/records`;
    for (const key of ["a%20b", "a%2Fb", "%C3%A4", "a~b", "a%0A", "%", "a".repeat(257)]) {
      for (const method of ["GET", "PUT", "DELETE"]) {
        const reply = await emulator.call(`${method} ${record}/${key}`);
        assertError(reply, 400, "invalid-record-key");
      }
    }
    for (const key of ["a.b-c_d!'()", "a".repeat(256)]) {
      assert.equal((await emulator.call(`PUT ${record}/${key}`, { json: 1 })).status, 201);
    }
  });

  it("says whether a record exists, without a body", async () => {
    const emulator = await startTestEmulator();
    const { defaultKeyValueStoreId: id } = await emulator.startRun();
    const head = async (key: string): Promise<unknown> => {
      const { status, text } = await emulator.call(
        `HEAD /v2/key-value-stores/${id}/records/${key}`,
      );
      return [status, text];
    };
    assert.deepEqual(await head("INPUT"), [200, ""]);
    assert.deepEqual(await head("none"), [404, ""]);
  });

  it("counts its writes, its deletions and its size", async () => {
    const emulator = await startTestEmulator();
    const { data: store } = await emulator.call("POST /v2/key-value-stores");
    const path = `/v2/key-value-stores/${String(store.id)}`;
    await emulator.call(`PUT ${path}/records/a`, { body: "12345" });
    await emulator.call(`POST ${path}/records/a`, { body: "123" });
    await emulator.call(`PUT ${path}/records/b`, { body: "1234" });
    await emulator.call(`DELETE ${path}/records/b`);
    await emulator.call(`DELETE ${path}/records/b`);
    const { data } = await emulator.call(`GET ${path}`);
    const { writeCount, deleteCount, storageBytes } = data.stats as Record<string, number>;
    assert.deepEqual([writeCount, deleteCount, storageBytes], [3, 1, 3]);
  });

  it("does not let a browser run a record, and offers it as a file on request", async () => {
    const emulator = await startTestEmulator();
    const { defaultKeyValueStoreId: id } = await emulator.startRun();
    const path = `GET /v2/key-value-stores/${id}/records/INPUT`;
    const { headers } = await emulator.call(path);
    assert.equal(headers.get("Content-Security-Policy"), "sandbox");
    assert.equal(headers.get("X-Content-Type-Options"), "nosniff");
    assert.equal(headers.get("Content-Disposition"), null);
    const file = await emulator.call(`${path}?attachment=true`);
    assert.equal(file.headers.get("Content-Disposition"), "attachment");
  });

  it("stores what is declared as JSON and is none", async () => {
    const emulator = await startTestEmulator();
    const { defaultKeyValueStoreId: id } = await emulator.startRun();
    const headers = { "Content-Type": "application/json" };
    const path = `/v2/key-value-stores/${id}/records/broken`;
    assert.equal((await emulator.call(`PUT ${path}`, { body: "{", headers })).status, 201);
    assert.equal((await emulator.call(`GET ${path}`)).text, "{");
    assert.equal(emulator.record(id, "broken"), "{");
  });

  it("shares a record or its keys by signed URLs, and nothing else", async () => {
    const emulator = await startTestEmulator();
    const { defaultKeyValueStoreId: id } = await emulator.startRun();
    const path = `/v2/key-value-stores/${id}`;
    const nobody = { token: null };
    await emulator.call(`PUT ${path}/records/other`, { json: 1 });
    const { data } = await emulator.call(`GET ${path}`);
    const keysUrl = String(data.keysPublicUrl).replace(emulator.url, "");
    const keys = await emulator.call(`GET ${keysUrl}`, nobody);
    const [input] = keys.data.items as { recordPublicUrl: string }[];
    const inputUrl = (input?.recordPublicUrl ?? "").replace(emulator.url, "");
    assert.equal((await emulator.call(`GET ${inputUrl}`, nobody)).text, "{}");
    const otherUrl = inputUrl.replace("INPUT", "other");
    for (const asked of [`GET ${otherUrl}`, `PUT ${inputUrl}`, `DELETE ${inputUrl}`]) {
      assertError(await emulator.call(asked, nobody), 401, "token-not-provided");
    }
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
