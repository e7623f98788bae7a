import assert from "node:assert/strict";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { assertError, closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import type { TestEmulator } from "./support/emulator";

/** Sends raw bytes, and returns what the emulator sends until it closes the connection. */
async function answerTo({ url }: TestEmulator, bytes: string): Promise<string> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.end(bytes);
  return text(socket);
}

const host = "Host: localhost";
const closing = `${host}\r\nConnection: close`;
const posting = `POST /v2/actor-tasks/~scrape/runs HTTP/1.1\r\n${closing}\r\nAuthorization: Bearer jane-token`;

describe("a malformed request", () => {
  closeEmulatorsAfterEach();

  for (const [what, bytes, status] of [
    ["has a whole URL as its target", `GET http://x.example/ HTTP/1.1\r\n${closing}\r\n\r\n`, 400],
    ["has * as its target", `OPTIONS * HTTP/1.1\r\n${closing}\r\n\r\n`, 400],
    ["asks for a tunnel", `CONNECT x.example:443 HTTP/1.1\r\n${closing}\r\n\r\n`, 405],
    ["is not HTTP", "hello\r\n\r\n", 400],
    ["has an unknown method", `BREW / HTTP/1.1\r\n${closing}\r\n\r\n`, 400],
    ["names no host", "GET /v2/users/me HTTP/1.1\r\nConnection: close\r\n\r\n", 403],
    ["has endless headers", `GET / HTTP/1.1\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
    ["expects something unsupported", `GET / HTTP/1.1\r\n${closing}\r\nExpect: tea\r\n\r\n`, 417],
    ["has two lengths", `${posting}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}`, 400],
    ["has an invalid chunk", `${posting}\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n`, 400],
    ["breaks off within its body", `${posting}\r\nContent-Length: 9\r\n\r\n{}`, 400],
  ] as const) {
    it(`is refused in Apify's envelope if it ${what}`, async () => {
      const emulator = await startTestEmulator();
      const answer = await answerTo(emulator, bytes);
      assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} [A-Z]`));
      const body = answer.slice(answer.indexOf("\r\n\r\n") + 4);
      const { error } = JSON.parse(body) as { error: { type: string; message: string } };
      assert.ok(error.type !== "" && error.message !== "");
      assert.doesNotMatch(answer, /emulator\/|node:internal/);
      assert.equal((await emulator.call("GET /v2/users/me")).status, 200);
    });
  }

  for (const levels of [1_001, 9_000, 1_000_000]) {
    for (const [what, deep] of [
      ["arrays", `{"a":${"[".repeat(levels)}${"]".repeat(levels)}}`],
      ["objects", `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`],
    ] as const) {
      it(`is refused if it nests ${levels} ${what}`, async () => {
        const emulator = await startTestEmulator();
        const headers = { "Content-Type": "application/json" };
        for (const path of ["POST /v2/actor-tasks/~scrape/runs", "PUT /v2/actor-tasks/~scrape"]) {
          const reply = await emulator.call(path, { body: deep, headers });
          assertError(reply, 400, "invalid-request");
        }
        const webhooks = encodeURIComponent(Buffer.from(`[${deep}]`).toString("base64"));
        if (webhooks.length > 10_000) return;
        const start = `POST /v2/actor-tasks/~scrape/runs?webhooks=${webhooks}`;
        assertError(await emulator.call(start), 400, "invalid-value");
      });
    }
  }

  it("is not an input that only looks deeply nested", async () => {
    const emulator = await startTestEmulator();
    const flat = { text: '[{"\\'.repeat(2_000), list: Array.from({ length: 2_000 }, () => [{}]) };
    const nested = JSON.parse(`${"[".repeat(900)}${"]".repeat(900)}`) as unknown;
    const run = await emulator.startRun("", { flat, nested });
    const input = emulator.record(run.defaultKeyValueStoreId, "INPUT");
    assert.deepEqual(JSON.stringify(input), JSON.stringify({ flat, nested }));
  });
});
