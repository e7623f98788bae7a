import assert from "node:assert/strict";
import { once } from "node:events";
import { closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import { openConnection } from "./support/rawConnection";
import { rawRequest } from "./support/rawRequest";

const withToken = "POST /v2/actor-tasks/~scrape/runs?token=jane-token";

describe("the host check", () => {
  closeEmulatorsAfterEach();

  for (const [what, headers, named] of [
    ["a request of a web page", { Origin: "https://evil.example" }, "https://evil.example"],
    ["a request of a file or a sandboxed frame", { Origin: "null" }, "null"],
    [
      "an origin that only begins with our name",
      { Origin: "http://localhost.evil.example" },
      "localhost.evil",
    ],
    ["another host name", { Host: "evil.example:8765" }, "evil.example"],
    ["an address on a network", { Host: "192.168.0.7" }, "192.168.0.7"],
    ["a user name in front of the host", { Host: "localhost@evil.example" }, "evil.example"],
    ["a host that is not valid", { Host: "a b" }, "a b"],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const emulator = await startTestEmulator();
      const reply = await rawRequest(emulator, withToken, { headers });
      assert.equal(reply.status, 403);
      const { error } = JSON.parse(reply.body) as { error: { type: string; message: string } };
      assert.equal(error.type, "invalid-header");
      assert.ok(error.message.includes(named), error.message);
      assert.deepEqual(emulator.runs(), []);
    });
  }

  it("refuses before any work: it reads no body, records nothing and calls no interceptor", async () => {
    const emulator = await startTestEmulator();
    emulator.use(() => {
      throw new Error("not before the check");
    });
    const head = `${withToken} HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 9\r\n\r\n`;
    const socket = await openConnection(emulator);
    socket.write(head);
    const [answer] = (await once(socket.setEncoding("utf8"), "data")) as [string];
    assert.match(answer, /^HTTP\/1\.1 403 /);
    assert.deepEqual(emulator.requests, []);
    socket.destroy();
  });

  const crossSite = { "Sec-Fetch-Site": "cross-site" };

  it("refuses an image of a web page, but not a link", async () => {
    const emulator = await startTestEmulator();
    const me = "GET /v2/users/me?token=jane-token";
    const image = { ...crossSite, "Sec-Fetch-Mode": "no-cors" };
    assert.equal((await rawRequest(emulator, me, { headers: image })).status, 403);
    const link = { ...crossSite, "Sec-Fetch-Mode": "navigate" };
    assert.equal((await rawRequest(emulator, me, { headers: link })).status, 200);
  });

  it("refuses a link that would start a run", async () => {
    const emulator = await startTestEmulator();
    const headers = { ...crossSite, "Sec-Fetch-Mode": "navigate" };
    for (const path of ["actor-tasks/~scrape", "actors/janedoe~by-hand"]) {
      const runSync = `GET /v2/${path}/run-sync?token=jane-token`;
      assert.equal((await rawRequest(emulator, runSync, { headers })).status, 403);
    }
    assert.deepEqual(emulator.runs(), []);
  });

  for (const [what, path, headers] of [
    ["an unknown path", "GET /nothing", {}],
    ["a page", "GET /", {}],
    ["an upgrade", "GET /v2/users/me", { Connection: "Upgrade", Upgrade: "websocket" }],
  ] as const) {
    it(`refuses ${what} too`, async () => {
      const emulator = await startTestEmulator();
      const foreign = { ...headers, Origin: "https://evil.example" };
      assert.equal((await rawRequest(emulator, path, { headers: foreign })).status, 403);
    });
  }

  for (const headers of [
    { Host: "localhost" },
    { Host: "LOCALHOST:1" },
    { Host: "apify.localhost:8765" },
    { Host: "127.0.0.2:8765" },
    { Host: "[::1]:8765" },
    { Origin: "http://localhost:3000" },
    { Origin: "http://127.0.0.1:8765" },
  ]) {
    it(`accepts a request from this machine: ${JSON.stringify(headers)}`, async () => {
      const emulator = await startTestEmulator();
      assert.equal((await rawRequest(emulator, withToken, { headers })).status, 201);
    });
  }
});
