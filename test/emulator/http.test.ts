import assert from "node:assert/strict";
import { request } from "node:http";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { assertError, closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import type { TestEmulator } from "./support/emulator";

const runs = "POST /v2/actor-tasks/~scrape/runs";
const jsonType = { "Content-Type": "application/json" };

/** Sends a GET and returns headers of the answer; `fetch` would decompress it. */
function rawGet(
  { url }: TestEmulator,
  path: string,
  headers: Record<string, string>,
): Promise<{ encoding: string | undefined; date: string | undefined }> {
  return new Promise((resolve, reject) => {
    const sent = request(url + path, { headers }, (response) => {
      response.resume();
      const encoding = response.headers["content-encoding"];
      response.once("end", () => {
        resolve({ encoding, date: response.headers.date });
      });
    });
    sent.once("error", reject).end();
  });
}

describe("the HTTP of the emulator", () => {
  closeEmulatorsAfterEach();

  it("accepts a token in the header or the query", async () => {
    const emulator = await startTestEmulator();
    assert.equal((await emulator.call("GET /v2/users/me")).status, 200);
    const byQuery = await emulator.call("GET /v2/users/me?token=john-token", { token: null });
    assert.equal(byQuery.data.username, "johndoe");
  });

  it("requires a token, and refuses an unknown one", async () => {
    const emulator = await startTestEmulator();
    const none = await emulator.call("GET /v2/users/me", { token: null });
    assertError(none, 401, "token-not-provided");
    for (const path of ["/v2/users/me", "/v2/actor-runs/x"]) {
      const wrong = await emulator.call(`GET ${path}`, { token: "wrong" });
      assertError(wrong, 401, "user-or-token-not-found");
      assert.equal(wrong.error.message, "User was not found or authentication token is not valid");
    }
  });

  it("refuses unknown paths and methods", async () => {
    const emulator = await startTestEmulator();
    for (const path of ["/nothing", "/v2", "/v2/nothing", "/v2/actor-runs/", "//"]) {
      assertError(await emulator.call(`GET ${path}`), 404, "page-not-found");
    }
    assertError(await emulator.call("PATCH /v2/actor-runs"), 405, "method-not-allowed");
  });

  it("sends its rate limit and its own time in every answer", async () => {
    const emulator = await startTestEmulator();
    emulator.clock.advance(1000);
    for (const [path, limit] of [
      [runs, "400"],
      ["GET /v2/users/me", "60"],
      ["GET /v2/key-value-stores/x/records/y", "200"],
      ["GET /nothing", "60"],
    ] as const) {
      const { headers } = await emulator.call(path);
      assert.equal(headers.get("x-ratelimit-limit"), limit);
      assert.equal(headers.get("date"), "Thu, 01 Jan 2026 00:00:01 GMT");
    }
  });

  it("decompresses bodies in gzip, deflate and br", async () => {
    const emulator = await startTestEmulator();
    const json = JSON.stringify({ url: "u" });
    for (const [encoding, body] of [
      ["gzip", gzipSync(json)],
      ["deflate", deflateSync(json)],
      ["br", brotliCompressSync(json)],
      ["identity", Buffer.from(json)],
    ] as const) {
      const headers = { ...jsonType, "Content-Encoding": encoding };
      const reply = await emulator.call(runs, { body: new Uint8Array(body), headers });
      assert.equal(reply.status, 201, reply.text);
      const store = String(reply.data.defaultKeyValueStoreId);
      assert.deepEqual(emulator.record(store, "INPUT"), { url: "u" });
      assert.deepEqual(emulator.requests.at(-1)?.body, { url: "u" });
    }
  });

  it("refuses other encodings, and bodies that do not match their encoding", async () => {
    const emulator = await startTestEmulator();
    for (const encoding of ["zstd", "constructor"]) {
      const headers = { ...jsonType, "Content-Encoding": encoding };
      const reply = await emulator.call(runs, { body: "{}", headers });
      assertError(reply, 415, "unsupported-content-encoding");
    }
    const headers = { ...jsonType, "Content-Encoding": "gzip" };
    assertError(await emulator.call(runs, { body: "{}", headers }), 400, "invalid-request");
  });

  it("refuses a body with another Content-Type than JSON, but needs none without a body", async () => {
    const emulator = await startTestEmulator();
    const headers = { "Content-Type": "text/plain" };
    const reply = await emulator.call(runs, { body: "{}", headers });
    assertError(reply, 415, "invalid-content-type-header");
    assert.equal((await emulator.call(runs, { headers })).status, 201);
  });

  it("accepts at most 9437184 bytes, counted after decompression", async () => {
    const emulator = await startTestEmulator();
    const bodyOf = (bytes: number): string => `{"a":"${"x".repeat(bytes - 8)}"}`;
    const fits = await emulator.call(runs, { body: bodyOf(9_437_184), headers: jsonType });
    assert.equal(fits.status, 201);
    const plain = await emulator.call(runs, { body: bodyOf(9_437_185), headers: jsonType });
    assertError(plain, 413, "request-too-large");
    assert.match(plain.error.message, /limit: 9437184 bytes, actual length: 9437185 bytes/);
    const body = new Uint8Array(gzipSync(bodyOf(9_437_185)));
    const headers = { ...jsonType, "Content-Encoding": "gzip" };
    assertError(await emulator.call(runs, { body, headers }), 413, "request-too-large");
    assert.equal(emulator.runs().length, 1);
  });

  it("compresses large answers for clients that accept gzip", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    const run = `/v2/actor-runs/${id}`;
    const encoding = async (path: string, accepted: string): Promise<string | undefined> =>
      (await rawGet(emulator, path, { "Accept-Encoding": accepted })).encoding;
    assert.equal(await encoding(run, "br, gzip"), "gzip");
    assert.equal(await encoding(run, "gzip;q=0.5"), "gzip");
    assert.equal(await encoding(run, "gzip;q=0"), undefined);
    assert.equal(await encoding(run, "br"), undefined);
    assert.equal((await rawGet(emulator, run, {})).encoding, undefined);
    assert.equal(await encoding("/v2/actor-runs/none", "gzip"), undefined);
  });
});
